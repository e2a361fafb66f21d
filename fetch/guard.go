package fetch

import (
	"errors"
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"
)

// ErrPrivate is the error of an address that is not one of the public internet.
var ErrPrivate = errors.New("内网或保留地址")

// guard judges addresses after their names were resolved, in the dialer, so that neither DNS nor a redirect gets past it.
// Everything that IANA keeps for special purposes is refused, in whatever form it comes: IPv4 inside of IPv6 lies outside
// 2000::/3, but for 6to4 and Teredo, which are refused as such.
type guard struct{ rules *ssrf.Guardian }

// cloudHosts are public by number and serve a machine its own secrets.
var cloudHosts = netip.MustParsePrefix("168.63.129.16/32")

func newGuard() guard {
	return guard{ssrf.New(ssrf.WithAnyPort(), ssrf.WithDeniedV4Prefixes(cloudHosts))}
}

// verdict says whether a connection may be made; address is an IP and a port. The error is an ErrPrivate.
func (g guard) verdict(network, address string) error {
	if err := g.rules.Safe(network, address, nil); err != nil {
		return errors.Join(ErrPrivate, err)
	}
	return nil
}

// control is verdict for net.Dialer.
func control(verdict func(network, address string) error) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error { return verdict(network, address) }
}

//go:build !linux || !(amd64 || arm64)

package main

import "errors"

// canEvict says whether evict works on this system.
const canEvict = false

func evict(string) error { return errors.ErrUnsupported }

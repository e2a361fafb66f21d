package opensearch

import (
	"errors"
	"testing"
)

// TestLife starts three nodes, kills one, starts it again, and ends them all.
func TestLife(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three processes")
	}
	c, err := Start(t.Context(), t.TempDir(), 3)
	if errors.Is(err, ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := c.Kill(0); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	if err := c.Restart(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
}

package header

import (
	"os"
	"testing"
)

func TestSimplifiedTableIsThatOfTheAnalyzers(t *testing.T) {
	want, err := os.ReadFile("../../analyzers/data/simplified.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != simplifiedTable {
		t.Error("data/simplified.txt differs from analyzers/data/simplified.txt; help: copy it")
	}
}

func TestSimplifyKeepsBytes(t *testing.T) {
	text := "從化區人民政府辦公室關于印發〔2021〕2號，薴苧，abc①𠮷"
	got := simplify(text)
	if len(got) != len(text) {
		t.Errorf("%d bytes became %d", len(text), len(got))
	}
	if want := "从化区人民政府办公室关于印发〔2021〕2号，苎苎，abc①𠮷"; got != want {
		t.Errorf("simplify = %s, want %s", got, want)
	}
	if again := simplify(got); again != got {
		t.Errorf("simplify is not idempotent: %s", again)
	}
}

// Package opensearch starts and ends a real OpenSearch cluster on loopback for tests: every node a process of its own, from
// artefacts that Maven resolves by its own settings. It needs a JDK from 17 and Maven.
package opensearch

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed pom.xml
var pom []byte

//go:embed ClusterNode.java
var source []byte

// ErrMissing says that this machine cannot run a cluster, and why: a reason to skip a test.
var ErrMissing = errors.New("no OpenSearch cluster can be started here")

// program is what a node runs: Java's class path.
type program struct{ classPath string }

// build resolves the artefacts and compiles the node. What it makes is kept in the folder for temporary files and used again.
func build(ctx context.Context) (program, error) {
	for _, tool := range []string{"java", "javac", "mvn"} {
		if _, err := exec.LookPath(tool); err != nil {
			return program{}, fmt.Errorf("%w: %s is not installed", ErrMissing, tool)
		}
	}
	hash := sha256.Sum256(append(append([]byte{}, pom...), source...))
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("gongwen-opensearch-%d-%s", os.Getuid(), hex.EncodeToString(hash[:6])))
	if p, err := load(dir); err == nil {
		return p, nil
	}
	work, err := os.MkdirTemp("", "gongwen-opensearch-build-")
	if err != nil {
		return program{}, fmt.Errorf("build node: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }() // gone where it was renamed
	err = errors.Join(
		os.WriteFile(filepath.Join(work, "pom.xml"), pom, 0o600),
		os.WriteFile(filepath.Join(work, "ClusterNode.java"), source, 0o600),
	)
	if err != nil {
		return program{}, fmt.Errorf("build node: %w", err)
	}
	resolve := exec.CommandContext(ctx, "mvn", "-q", "-B", "dependency:build-classpath", "-Dmdep.outputFile="+classPathName)
	resolve.Dir = work
	if out, err := resolve.CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("%w: Maven cannot resolve the artefacts: %w: %s", ErrMissing, err, lastLines(out))
	}
	libraries, err := os.ReadFile(filepath.Join(work, classPathName))
	if err != nil {
		return program{}, fmt.Errorf("build node: %w", err)
	}
	compile := exec.CommandContext(ctx, "javac", "-cp", strings.TrimSpace(string(libraries)), "-d", "classes", "ClusterNode.java")
	compile.Dir = work
	if out, err := compile.CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("compile node: %w: %s", err, lastLines(out))
	}
	if err := os.Rename(work, dir); err != nil { // another process may have been faster
		if p, err := load(dir); err == nil {
			return p, nil
		}
		return program{}, fmt.Errorf("build node: %w", err)
	}
	return load(dir)
}

const classPathName = "classpath"

// load returns what was built before, if all of it is still there.
func load(dir string) (program, error) {
	libraries, err := os.ReadFile(filepath.Join(dir, classPathName))
	if err != nil {
		return program{}, err
	}
	path := strings.TrimSpace(string(libraries))
	for _, library := range append(filepath.SplitList(path), filepath.Join(dir, "classes", "ClusterNode.class")) {
		if _, err := os.Stat(library); err != nil {
			return program{}, err
		}
	}
	return program{classPath: filepath.Join(dir, "classes") + string(os.PathListSeparator) + path}, nil
}

func lastLines(out []byte) string {
	const most = 1000
	return strings.TrimSpace(string(out[max(0, len(out)-most):]))
}

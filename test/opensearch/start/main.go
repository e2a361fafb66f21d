// Command start runs a cluster on loopback until its standard input ends, and prints the addresses of its nodes. The argument
// is the number of nodes.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"gongwen/test/opensearch"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() (err error) {
	nodes := 3
	if len(os.Args) > 1 {
		if nodes, err = strconv.Atoi(os.Args[1]); err != nil || nodes < 1 {
			return fmt.Errorf("read number of nodes: %q is none", os.Args[1])
		}
	}
	dir, err := os.MkdirTemp("", "gongwen-opensearch-data-")
	if err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	cluster, err := opensearch.Start(context.Background(), dir, nodes)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Close()) }()
	fmt.Println(strings.Join(cluster.Addresses(), ","))
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

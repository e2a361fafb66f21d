package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// What is wrong with a cluster is said with what to do about it, and the password is never said.
func TestClusterFaults(t *testing.T) {
	p, _ := newProgram(t)
	const password = "s3cret-s3cret"
	p.vars["GONGWEN_ENGINE"], p.vars["GONGWEN_OPENSEARCH_USER"], p.vars["GONGWEN_OPENSEARCH_PASSWORD"] = "opensearch", "admin", password
	for _, test := range []struct {
		vars map[string]string
		want string
	}{
		{nil, "没有集群地址"},
		{map[string]string{"GONGWEN_OPENSEARCH_ADDRESS": "http://127.0.0.1:1"}, "连不上 OpenSearch 集群"},
		{map[string]string{"GONGWEN_OPENSEARCH_ADDRESS": "http://admin:" + password + "@127.0.0.1:1"}, "不要写用户名和密码"},
		{map[string]string{"GONGWEN_OPENSEARCH_CA": filepath.Join(t.TempDir(), "none.pem")}, "无法读取 CA 证书"},
	} {
		for name, value := range test.vars {
			p.vars[name] = value
		}
		for _, command := range []string{"search 法", "serve", "check", "index " + t.TempDir()} {
			r := p.expect(exitFailed, strings.Fields(command)...)
			contains(t, r.stderr, test.want)
			if strings.Contains(r.stdout+r.stderr, password) {
				t.Errorf("gongwen %s tells the password: %s", command, r.stderr)
			}
		}
	}
	p.vars["GONGWEN_ENGINE"] = "solr"
	contains(t, p.expect(exitUsage, "search", "法").stderr, "--engine", "solr")
	contains(t, p.expect(exitDone, "help", "serve").stdout, "OpenSearch 选项", "--opensearch-address")
}

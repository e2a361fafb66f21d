package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"gongwen/search"
	"gongwen/search/cluster"
)

// The engines that keep a collection.
const (
	engineEmbedded   = "embedded"
	engineOpenSearch = "opensearch"
)

// storeFlags say where a collection lies that is in no data folder.
type storeFlags struct {
	engine    string
	addresses []string
	user      string
	password  string
	ca        string // a file
	insecure  bool
	index     string
	shards    int
	replicas  int
}

// clusterFlag begins the names of the flags that mean something with --engine opensearch only.
const clusterFlag = "opensearch-"

func (a *app) addStoreFlags(set *pflag.FlagSet) {
	f := &a.store
	set.StringVar(&f.engine, "engine", engineEmbedded, a.say(flagEngine))
	set.StringSliceVar(&f.addresses, clusterFlag+"address", nil, a.say(flagClusterAddress))
	set.StringVar(&f.user, clusterFlag+"user", "", a.say(flagClusterUser))
	set.StringVar(&f.password, clusterFlag+"password", "", a.say(flagClusterPassword))
	set.StringVar(&f.ca, clusterFlag+"ca", "", a.say(flagClusterCA))
	set.BoolVar(&f.insecure, clusterFlag+"insecure", false, a.say(flagClusterInsecure))
	set.StringVar(&f.index, clusterFlag+"index", cluster.DefaultIndex, a.say(flagClusterIndex))
	set.IntVar(&f.shards, clusterFlag+"shards", 0, a.say(flagClusterShards))
	set.IntVar(&f.replicas, clusterFlag+"replicas", -1, a.say(flagClusterReplicas))
}

// onCluster reports whether the collection lies on a cluster, or which flag is at fault.
func (a *app) onCluster() (bool, error) {
	switch a.store.engine {
	case engineEmbedded, "": // "" where a command has no collection of its own
		return false, nil
	case engineOpenSearch:
		return true, nil
	}
	return false, usageFault(a.say(flagBadValue, "--engine", a.store.engine))
}

func (a *app) clusterOptions() (cluster.Options, error) {
	f := &a.store
	o := cluster.Options{
		Addresses: f.addresses, User: f.user, Password: f.password, Insecure: f.insecure, Index: f.index, Shards: f.shards, Replicas: f.replicas,
	}
	if f.ca != "" {
		pem, err := os.ReadFile(f.ca)
		if err != nil {
			return o, &exitError{code: exitFailed, message: a.say(cannotReadCA, f.ca), err: err}
		}
		o.CA = pem
	}
	return o, nil
}

func (a *app) openCluster(ctx context.Context) (store, error) {
	options, err := a.clusterOptions()
	if err != nil {
		return nil, err
	}
	words, err := a.loadWords()
	if err != nil {
		return nil, err
	}
	engine, err := cluster.Open(ctx, options, words)
	if err != nil {
		return nil, clusterFault(err)
	}
	return engine, nil
}

// replaceCluster builds a collection in the place of one that cannot be opened.
func (a *app) replaceCluster(ctx context.Context, run func(search.Engine) error) error {
	options, err := a.clusterOptions()
	if err != nil {
		return err
	}
	words, err := a.loadWords()
	if err != nil {
		return err
	}
	return clusterFault(cluster.Replace(ctx, options, words, run))
}

// clusterFault shows what an operator should do before the cause.
func clusterFault(err error) error {
	var told *cluster.Error
	if !errors.As(err, &told) {
		return err
	}
	return &exitError{code: exitFailed, message: told.Message, err: told.Cause()}
}

// placed is a message about where a collection lies: about the cluster, if it is there.
func (a *app) placed(data string, folder, onCluster text) (text, string) {
	if a.store.engine == engineOpenSearch {
		return onCluster, strings.Join(a.store.addresses, ",") + " " + a.store.index
	}
	return folder, data
}

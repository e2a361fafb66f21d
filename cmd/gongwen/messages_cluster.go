package main

// --engine opensearch.
var (
	clusterFlagsTitle = text{"OpenSearch 选项（--engine opensearch）：", "Flags of OpenSearch (--engine opensearch):"}

	flagEngine          = text{"索引所在：embedded 为本机数据文件夹，opensearch 为集群", "where the index is: embedded for a data folder here, opensearch for a cluster"}
	flagClusterAddress  = text{"集群的`地址`，如 https://主机:9200；可写多个", "`ADDRESS` of the cluster, such as https://host:9200; may be repeated"}
	flagClusterUser     = text{"集群的用户`名`", "`NAME` of the user"}
	flagClusterPassword = text{"集群用户的`密码`；请用环境变量，命令行会被别人看到", "`PASSWORD` of the user; use the variable, since others can see a command line"}
	flagClusterCA       = text{"签发集群证书的 CA 证书`文件`（PEM）", "`FILE` with the CA that signed the cluster's certificate (PEM)"}
	flagClusterInsecure = text{"不核对集群证书，只供试用", "accept any certificate: for trials only"}
	flagClusterIndex    = text{"索引的`名字`（别名）", "`NAME` of the index (an alias)"}
	flagClusterShards   = text{"新建索引的分片`数`；0 为每个数据节点一个", "`NUMBER` of shards of a new index; 0 for one a data node"}
	flagClusterReplicas = text{"新建索引的副本`数`；-1 为一个，只有一个节点时没有", "`NUMBER` of replicas of a new index; -1 for one, or none where there is one node"}
	cannotReadCA        = text{"无法读取 CA 证书 %s", "cannot read the CA certificate %s"}

	clusterHoldingOne  = text{"集群 %[2]s 现有 %[1]d 篇。", "Cluster %[2]s now holds %[1]d document."}
	clusterHoldingMany = text{"集群 %[2]s 现有 %[1]d 篇。", "Cluster %[2]s now holds %[1]d documents."}
	servingCluster     = text{"已就绪：%s （集群 %s，%s）。Ctrl-C 结束。", "Ready: %s (cluster %s, %s). Ctrl-C ends it."}
	clusterEmpty       = text{
		"集群的索引 %s 里没有文件。\n先收录：gongwen index --engine opensearch 文件夹",
		"the index %s of the cluster holds no documents.\nIndex something first: gongwen index --engine opensearch FOLDER",
	}
)

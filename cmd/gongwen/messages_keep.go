package main

// gongwen backup, restore and check; gongwen index --rebuild.
var (
	backupUse   = text{"backup [选项] 文件", "backup [flags] FILE"}
	backupShort = text{"把全部文档备份到一个文件", "Back up every document to one file"}
	backupLong  = text{
		"把数据文件夹里的全部文档写入一个文件，服务运行时也可以。写完才出现，写的是同一时刻的状态，附有校验值。",
		"Writes every document of the data folder to one file, also while a server runs. The file appears when it is whole; it\nholds one moment's state and a checksum.",
	}
	backupExample = text{"gongwen backup 公文-2024.backup", "gongwen backup gongwen-2024.backup"}

	restoreUse   = text{"restore [选项] 文件", "restore [flags] FILE"}
	restoreShort = text{"按备份恢复全部文档", "Restore every document from a backup"}
	restoreLong  = text{
		"先校验备份，再让数据文件夹与备份一致：备份里的文档写入，别的删除。服务运行时也可以；校验不过则什么都不改。",
		"Verifies a backup, then makes the data folder what it says: its documents are written, others deleted. Also while a\nserver runs; where the backup is damaged, nothing is changed.",
	}
	restoreExample = text{"gongwen restore 公文-2024.backup", "gongwen restore gongwen-2024.backup"}

	checkUse   = text{"check [选项]", "check [flags]"}
	checkShort = text{"检查索引是否完好", "Check that the index is sound"}
	checkLong  = text{
		"核对索引每个文件的校验值，并读出每一篇文档。有问题则逐条列出，退出码为 1。",
		"Verifies the checksum of every file of the index and reads every document. What is wrong is listed, and the exit code\nis 1.",
	}
	checkExample = text{"gongwen check --data /srv/gongwen", "gongwen check --data /srv/gongwen"}

	aBackup = text{"备份文件的名字", "the name of the backup file"}

	flagRebuild = text{"在旁边另建新索引，建好后替换；其间旧索引照常服务", "build a new index beside the old one, which serves until the new one replaces it"}

	backedUpOne   = text{"已备份 %d 篇到 %s。", "backed up %d document to %s"}
	backedUpMany  = text{"已备份 %d 篇到 %s。", "backed up %d documents to %s"}
	restoredOne   = text{"已恢复 %d 篇。", "restored %d document"}
	restoredMany  = text{"已恢复 %d 篇。", "restored %d documents"}
	soundOne      = text{"索引完好，共 %d 篇。", "the index is sound: %d document"}
	soundMany     = text{"索引完好，共 %d 篇。", "the index is sound: %d documents"}
	cannotBackup  = text{"无法备份到 %s", "cannot back up to %s"}
	cannotRestore = text{"无法读取备份 %s", "cannot read backup %s"}
	backupDamaged = text{"备份 %s 不完整或已损坏，没有恢复，数据没有改动。", "backup %s is damaged or not whole; nothing was restored or changed"}
	problemsFound = text{"发现 %d 个问题。请从备份恢复：gongwen restore 文件", "%d problems found. Restore from a backup: gongwen restore FILE"}
)

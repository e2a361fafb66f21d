module gongwen

go 1.26.8

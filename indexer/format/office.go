package format

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"time"
	"unicode/utf16"
)

// officeTime is how long LibreOffice may take for a file; it starts in two seconds.
const officeTime = 2 * time.Minute

// parseOffice reads what only LibreOffice can: old files of Word and WPS, RTF, OpenDocument. LibreOffice makes a document
// of any bytes at all, so only what begins as such files do is given to it.
func parseOffice(ctx context.Context, in *input, data []byte) (Document, error) {
	ext := Extension(in.name)
	switch {
	case ext == ".docx": // it is an old file by another name
		ext = ".doc"
	case bytes.HasPrefix(data, oleMagic), ext == ".odt" && bytes.HasPrefix(data, zipMagic), bytes.HasPrefix(data, []byte(`{\rtf`)):
	default:
		return Document{}, refuse("不是 %s 文件，或开头已损坏；请用办公软件打开后另存为 .docx", ext)
	}
	converted, err := in.set.convert(ctx, data, ext, "docx")
	if err != nil {
		return Document{}, err
	}
	return parseDOCX(ctx, in, converted)
}

// splitOffice reads old workbooks by way of LibreOffice.
func splitOffice(in *input) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		data, err := in.all()
		ext := Extension(in.name)
		if err == nil && !bytes.HasPrefix(data, oleMagic) && !(ext == ".ods" && bytes.HasPrefix(data, zipMagic)) {
			err = refuse("不是 %s 文件，或开头已损坏；请用办公软件打开后另存为 .xlsx", ext)
		}
		if err == nil {
			data, err = in.set.convert(in.ctx, data, ext, "xlsx")
		}
		if err != nil {
			yield(Piece{}, err)
			return
		}
		in.rows(data)(yield)
	}
}

// isOldOffice reports whether data is an old file of Office by its first bytes, and not a new one under a password,
// which begins alike.
func isOldOffice(data []byte) bool {
	return bytes.HasPrefix(data, oleMagic) &&
		!bytes.Contains(data, wideBytes("EncryptedPackage")) && bytes.Contains(data, wideBytes("Root Entry"))
}

func wideBytes(text string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}

var errNoOffice = refuse("读取这种旧格式需要 LibreOffice，这台机器上没有；请安装 LibreOffice（命令 soffice），或用 Word、WPS 另存为 .docx 或 .xlsx 后再收录")

// convert has LibreOffice save data, a file with extension from, as to.
func (s *Set) convert(ctx context.Context, data []byte, from, to string) ([]byte, error) {
	program, err := s.office()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "gongwen-office-")
	if err != nil {
		return nil, refuse("无法建立临时文件夹（%v）", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // what stays is in the folder for what is temporary
	source := filepath.Join(folder, "in"+from)
	if err := os.WriteFile(source, data, 0o600); err != nil {
		return nil, refuse("无法写入临时文件（%v）", err)
	}
	limit := s.options.ChildTime
	if limit == 0 {
		limit = officeTime
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	// A profile of its own, since two on one wait for each other.
	command := exec.CommandContext(ctx, program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(folder, "profile")),
		"--headless", "--norestore", "--convert-to", to, "--outdir", folder, source)
	command.WaitDelay = time.Second
	killGroup(command)
	err = command.Run()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, refuse("LibreOffice 转换超过 %d 秒，已停止；请用办公软件打开后另存为 .%s", int(limit.Seconds()), to)
	}
	result, opened := os.Open(filepath.Join(folder, "in."+to))
	if err != nil || opened != nil {
		return nil, refuse("LibreOffice 无法转换这个文件，可能设了密码或已损坏；请用办公软件打开后另存为 .%s", to)
	}
	defer func() { _ = result.Close() }() // only read from
	converted, err := readUpTo(result, maxPiece)
	if err != nil {
		return nil, refuse("转换后的文件无法读取（%v）", err)
	}
	return converted, nil
}

// office is the program of LibreOffice.
func (s *Set) office() (string, error) {
	if s.options.Office != "" {
		return s.options.Office, nil
	}
	for _, name := range []string{"soffice", "libreoffice"} {
		if program, err := exec.LookPath(name); err == nil {
			return program, nil
		}
	}
	return "", asRefusal(errNoOffice)
}

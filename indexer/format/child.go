package format

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// ChildArgument is the first argument of a program that is to call ServeChild with the second one.
const ChildArgument = "parse-child"

// childTime is how long a file may take in a process of its own; a thousand pages take ten seconds.
const childTime = 2 * time.Minute

// maxAnswer bounds what is taken from a child: a document, its places, and the escapes of JSON.
const maxAnswer = 8 * maxText

// childAnswer is what a child says of a file.
type childAnswer struct {
	Document Document
	Refusal  string // of the file, or ""
}

// ServeChild reads a file of that kind from in and writes what it holds to out, for the process that started this one.
func ServeChild(kind string, in io.Reader, out io.Writer) error {
	data, err := readUpTo(in, maxPiece)
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	var answer childAnswer
	if answer.Document, err = readHere(kind, data); err != nil {
		answer = childAnswer{Refusal: asRefusal(err).Reason}
	}
	if err := json.NewEncoder(out).Encode(answer); err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

// readHere runs in this process what may hang.
func readHere(kind string, data []byte) (Document, error) {
	if kind != "pdf" {
		return Document{}, refuse("无法读取 %s 文件", kind)
	}
	return readPDF(data)
}

// isolated reads a file of that kind in a child process, which is killed when its time is over; here if there is none.
func (s *Set) isolated(ctx context.Context, kind string, data []byte) (Document, error) {
	if s.options.Child == "" {
		return readHere(kind, data)
	}
	limit := s.options.ChildTime
	if limit == 0 {
		limit = childTime
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	answer, err := runChild(exec.CommandContext(ctx, s.options.Child, ChildArgument, kind), data)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return Document{}, refuse("读取超过 %d 秒，已停止；文件可能已损坏或过于复杂，请另存一份再试", int(limit.Seconds()))
	case ctx.Err() != nil:
		return Document{}, refuse("已中断")
	case err != nil:
		return Document{}, refuse("解析程序异常结束（%v）；文件可能已损坏，请用阅读器打开后重新保存", err)
	case answer.Refusal != "":
		return Document{}, refuse("%s", answer.Refusal)
	}
	return answer.Document, nil
}

// runChild gives the file to a process and reads its answer.
func runChild(child *exec.Cmd, data []byte) (answer childAnswer, err error) {
	var out, faults capped
	out.left, faults.left = maxAnswer, 4<<10
	child.Stdin, child.Stdout, child.Stderr = bytes.NewReader(data), &out, &faults
	child.WaitDelay = time.Second // after a kill, what it started may hold the pipes open
	if err := child.Run(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(faults.String()), "\n")
		if first != "" {
			err = fmt.Errorf("%w: %.200s", err, first)
		}
		return answer, err
	}
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		return answer, fmt.Errorf("read answer: %w", err)
	}
	return answer, nil
}

// capped keeps the beginning of what is written to it.
type capped struct {
	bytes.Buffer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	kept := p[:min(len(p), c.left)]
	c.left -= len(kept)
	c.Buffer.Write(kept)
	return len(p), nil
}

package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"gongwen/search/backup"
)

func (a *app) backupCommand() *cobra.Command {
	var data *string
	cmd := a.command(a.say(backupUse), backupShort, backupLong, backupExample, func(cmd *cobra.Command, args []string) error {
		return a.backup(cmd, *data, args[0])
	})
	cmd.Args = a.exactly(1, aBackup)
	data = a.dataFlag(cmd.Flags())
	return cmd
}

// backup writes a file that appears when it is whole.
func (a *app) backup(cmd *cobra.Command, data, path string) (err error) {
	engine, err := a.openFilled(cmd.Context(), data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	part := path + ".part"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return &exitError{code: exitFailed, message: a.say(cannotBackup, path), err: err}
	}
	n, err := backup.Write(cmd.Context(), file, engine)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return &exitError{code: exitFailed, message: a.say(cannotBackup, path), err: errors.Join(err, os.Remove(part))}
	}
	return a.tell(a.count(n, backedUpOne, backedUpMany, path))
}

func (a *app) restoreCommand() *cobra.Command {
	var data *string
	cmd := a.command(a.say(restoreUse), restoreShort, restoreLong, restoreExample, func(cmd *cobra.Command, args []string) error {
		return a.restore(cmd, *data, args[0])
	})
	cmd.Args = a.exactly(1, aBackup)
	data = a.dataFlag(cmd.Flags())
	return cmd
}

// restore reads a backup twice: nothing is changed before it is known to be whole.
func (a *app) restore(cmd *cobra.Command, data, path string) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return &exitError{code: exitFailed, message: a.say(cannotRestore, path), err: err}
	}
	defer func() { _ = file.Close() }() // only read from
	_, err = backup.Verify(cmd.Context(), file)
	if errors.Is(err, backup.ErrDamaged) {
		return &exitError{code: exitFailed, message: a.say(backupDamaged, path), err: err}
	}
	if err != nil {
		return err
	}
	if _, err := file.Seek(0, 0); err != nil {
		return &exitError{code: exitFailed, message: a.say(cannotRestore, path), err: err}
	}
	engine, err := a.openData(cmd.Context(), data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	n, err := backup.Restore(cmd.Context(), file, engine)
	if err != nil {
		return err
	}
	return a.tell(a.count(n, restoredOne, restoredMany))
}

func (a *app) checkCommand() *cobra.Command {
	var data *string
	cmd := a.command(a.say(checkUse), checkShort, checkLong, checkExample, func(cmd *cobra.Command, _ []string) error {
		return a.check(cmd, *data)
	})
	cmd.Args = a.exactly(0, text{})
	data = a.dataFlag(cmd.Flags())
	return cmd
}

func (a *app) check(cmd *cobra.Command, data string) error {
	engine, err := a.openFilled(cmd.Context(), data)
	if err != nil {
		return err
	}
	defer func() { _ = engine.Close() }() // only read from
	problems, err := engine.Check(cmd.Context())
	if err != nil {
		return err
	}
	for _, problem := range problems {
		if err := a.tell(visible(problem)); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return &exitError{code: exitPart, message: a.say(problemsFound, len(problems))}
	}
	status, err := engine.Status(cmd.Context())
	if err != nil {
		return err
	}
	return a.tell(a.count(status.Documents, soundOne, soundMany))
}

// tell prints a line of a result.
func (a *app) tell(line string) error {
	if _, err := fmt.Fprintln(a.stdout, line); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

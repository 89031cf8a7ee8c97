package relight

import (
	"errors"
	"os"
	"path/filepath"
)

// CreateFile writes a new file, whole or not at all, for its owner alone (0600), and onto the disk before it returns. It
// fails with [os.ErrExist] if there is one of this name, which stays as it is.
func CreateFile(name string, data []byte) error {
	return writeFile(name, data, os.Link)
}

// ReplaceFile is [CreateFile] in the place of what is there. Whoever reads the file, even after a crash, finds all of the
// old one or all of the new one.
func ReplaceFile(name string, data []byte) error {
	return writeFile(name, data, os.Rename)
}

// writeFile has the bytes on the disk before they have their name, and the name before it returns.
func writeFile(name string, data []byte, place func(written, name string) error) error {
	folder := filepath.Dir(name)
	file, err := os.CreateTemp(folder, ".relight-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // what became of it has its name by then
	_, err = file.Write(data)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err = place(file.Name(), name); err != nil {
		return err
	}
	return syncFolder(folder)
}

func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

package relight_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// listed is a package as the go command lists it, its files as cgo makes them.
type listed struct {
	ImportPath, Dir, Export string
	CompiledGoFiles         []string
	ImportMap               map[string]string
	DepOnly                 bool
}

func packages(t *testing.T, arguments ...string) (packages []listed) {
	command := exec.Command("go", append([]string{"list", "-json", "-export", "-compiled", "-deps"}, arguments...)...)
	command.Env, command.Stderr = append(os.Environ(), "GOEXPERIMENT="), os.Stderr // or all is compiled anew
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var next listed
		switch err := decoder.Decode(&next); {
		case errors.Is(err, io.EOF):
			return packages
		case err != nil:
			t.Fatal(err)
		}
		packages = append(packages, next)
	}
}

// losses are the conversions of integers in a package, outside of numbers.go, that lose something of some number.
func losses(t *testing.T, p listed, exports map[string]string) (found []string) {
	fset, info := token.NewFileSet(), &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	var files []*ast.File
	for _, name := range p.CompiledGoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.Dir, name)
		}
		files = append(files, must(parser.ParseFile(fset, name, nil, 0)))
	}
	lookup := func(path string) (io.ReadCloser, error) {
		if mapped, ok := p.ImportMap[path]; ok {
			path = mapped
		}
		return os.Open(exports[path])
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", lookup), FakeImportC: true}
	if _, err := config.Check(p.ImportPath, fset, files, info); err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok && loses(info, call) {
				if place := fset.Position(call.Pos()); filepath.Base(place.Filename) != "numbers.go" {
					found = append(found, place.String())
				}
			}
			return true
		})
	}
	return found
}

// loses tells whether a call is a conversion between types of integers of which the new one lacks numbers of the old one.
func loses(info *types.Info, call *ast.CallExpr) bool {
	if len(call.Args) != 1 || !info.Types[call.Fun].IsType() || info.Types[call.Args[0]].Value != nil {
		return false
	}
	from, ok := info.Types[call.Args[0]].Type.Underlying().(*types.Basic)
	to, also := info.Types[call.Fun].Type.Underlying().(*types.Basic)
	if !ok || !also || from.Info()&types.IsInteger == 0 || to.Info()&types.IsInteger == 0 {
		return false
	}
	signed := func(b *types.Basic) bool { return b.Info()&types.IsUnsigned == 0 }
	switch {
	case signed(from) == signed(to):
		return bits(to, 32) < bits(from, 64)
	case signed(to):
		return bits(to, 32) <= bits(from, 64)
	default:
		return true
	}
}

// bits of a type. Those of int depend on the machine.
func bits(b *types.Basic, ofInt int) int {
	switch b.Kind() {
	case types.Int8, types.Uint8:
		return 8
	case types.Int16, types.Uint16:
		return 16
	case types.Int32, types.Uint32:
		return 32
	case types.Int64, types.Uint64:
		return 64
	default:
		return ofInt
	}
}

// TestConversionsAreChecked looks for conversions that lose a sign or bits, in this module and its tests.
func TestConversionsAreChecked(t *testing.T) {
	all, exports, checked := packages(t, "-test", "./..."), map[string]string{}, 0
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	for _, p := range all {
		if p.DepOnly || strings.HasSuffix(p.ImportPath, ".test") {
			continue
		}
		checked++
		for _, place := range losses(t, p, exports) {
			t.Errorf("%s: a conversion may lose a sign or bits", place)
		}
	}
	if checked < 2 {
		t.Error(checked, "packages")
	}
}

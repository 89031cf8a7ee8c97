package networks

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"testing"
)

// most is how many lines the conversions of a network may have, without comments and imports.
const most = 40

// computes are the operators and methods that compute. Counting one more is none of them.
var computes = regexp.MustCompile(
	`^([-+*/%]|<<|>>|Add|Sub|Mul|Div|Quo|Rem|Mod|Inv|Neg|Exp$|Sqrt|Lsh|Rsh|Eval|Scalar.*Mult|Recover|Reconstruct)`)

func TestConversionsOnlyConvert(t *testing.T) {
	for _, name := range []string{"kyber.go", "tsslib.go"} {
		files := token.NewFileSet()
		file := must(parser.ParseFile(files, name, nil, 0))
		lines := map[int]bool{}
		for _, declaration := range file.Decls[1:] {
			ast.Inspect(declaration, func(node ast.Node) bool {
				if node == nil {
					return false
				}
				lines[files.Position(node.Pos()).Line], lines[files.Position(node.End()-1).Line] = true, true
				if word := operation(node); computes.MatchString(word) {
					t.Errorf("%s computes: %s", files.Position(node.Pos()), word)
				}
				return true
			})
		}
		if len(lines) > most {
			t.Errorf("%s has %d lines", name, len(lines))
		}
	}
}

// operation is the operator or method of a node, if it has one.
func operation(node ast.Node) string {
	switch node := node.(type) {
	case *ast.BinaryExpr:
		if one, ok := node.Y.(*ast.BasicLit); !ok || node.Op != token.ADD || one.Value != "1" {
			return node.Op.String()
		}
	case *ast.SelectorExpr:
		return node.Sel.Name
	}
	return ""
}

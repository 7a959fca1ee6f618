// Prints where each call of a Go module leads, as go/types resolves it:
// "use file line column end-column symbol" and "def symbol file line column", tab-separated, 1-based, columns in UTF-16 units.
// What lies outside the module and the standard library stays unresolved.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf16"
)

var (
	files   = token.NewFileSet()
	root    string
	module  string
	out     = bufio.NewWriter(os.Stdout)
	told    = map[string]bool{}
	lines   = map[string][]string{}
	outside = importer.ForCompiler(files, "source", nil)
	known   = map[string]*types.Package{}
	infos   = map[string]*types.Info{}
	parsed  = map[string][]*ast.File{}
)

type inside struct{}

func (inside) Import(path string) (*types.Package, error) {
	if path == module || strings.HasPrefix(path, module+"/") {
		return check(filepath.Join(root, strings.TrimPrefix(strings.TrimPrefix(path, module), "/")), path)
	}
	if strings.Contains(strings.Split(path, "/")[0], ".") {
		return nil, fmt.Errorf("outside: %s", path)
	}
	return outside.Import(path)
}

func check(folder, path string) (*types.Package, error) {
	if found, ok := known[path]; ok {
		return found, nil
	}
	known[path] = nil
	listed, err := build.ImportDir(folder, 0)
	if listed == nil || len(listed.GoFiles) == 0 {
		return nil, fmt.Errorf("no files: %v", err)
	}
	var asts []*ast.File
	for _, name := range listed.GoFiles {
		file, _ := parser.ParseFile(files, filepath.Join(folder, name), nil, parser.SkipObjectResolution)
		if file != nil {
			asts = append(asts, file)
		}
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: inside{}, Error: func(error) {}, FakeImportC: true}
	checked, _ := config.Check(path, files, asts, info)
	known[path], infos[path], parsed[path] = checked, info, asts
	return checked, nil
}

func column(place token.Position) int {
	text, ok := lines[place.Filename]
	if !ok {
		bytes, _ := os.ReadFile(place.Filename)
		text = strings.Split(string(bytes), "\n")
		lines[place.Filename] = text
	}
	return len(utf16.Encode([]rune(text[place.Line-1][:place.Column-1]))) + 1
}

func relative(name string) (string, bool) {
	path, err := filepath.Rel(root, name)
	return filepath.ToSlash(path), err == nil && !strings.HasPrefix(path, "..")
}

func symbol(of types.Object) string {
	name := of.Name()
	if function, ok := of.(*types.Func); ok {
		of = function.Origin()
		name = of.(*types.Func).FullName()
	}
	place := files.Position(of.Pos())
	file, ok := relative(place.Filename)
	if !of.Pos().IsValid() || !ok {
		return name
	}
	key := fmt.Sprintf("%s@%s:%d:%d", name, file, place.Line, column(place))
	if !told[key] {
		told[key] = true
		fmt.Fprintf(out, "def\t%s\t%s\t%d\t%d\n", key, file, place.Line, column(place))
	}
	return key
}

func main() {
	root, _ = filepath.EvalSymlinks(os.Args[1])
	module = os.Args[2]
	var paths []string
	_ = filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			name := entry.Name()
			if path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "vendor") {
				return filepath.SkipDir
			}
			inner, _ := filepath.Rel(root, path)
			paths = append(paths, strings.TrimSuffix(module+"/"+filepath.ToSlash(inner), "/."))
		}
		return nil
	})
	for _, path := range paths {
		_, _ = inside{}.Import(path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		info := infos[path]
		for _, file := range parsed[path] {
			ast.Inspect(file, func(node ast.Node) bool {
				call, ok := node.(*ast.CallExpr)
				if !ok {
					return true
				}
				name := called(call.Fun)
				if name == nil {
					return true
				}
				target := info.Uses[name]
				if _, isFunction := target.(*types.Func); target == nil || !isFunction {
					if _, isVariable := target.(*types.Var); !isVariable {
						return true
					}
				}
				place := files.Position(name.Pos())
				at, _ := relative(place.Filename)
				start := column(place)
				fmt.Fprintf(out, "use\t%s\t%d\t%d\t%d\t%s\n", at, place.Line, start, start+len(utf16.Encode([]rune(name.Name))), symbol(target))
				return true
			})
		}
	}
	out.Flush()
}

func called(expression ast.Expr) *ast.Ident {
	switch of := expression.(type) {
	case *ast.Ident:
		return of
	case *ast.SelectorExpr:
		return of.Sel
	case *ast.ParenExpr:
		return called(of.X)
	case *ast.IndexExpr:
		return called(of.X)
	case *ast.IndexListExpr:
		return called(of.X)
	}
	return nil
}

/**
 * Cyclomatic complexity (McCabe) and Cognitive Complexity (the rules of SonarSource's definition 1.7: an increment for each break of the
 * linear flow, one more for each level of nesting; else, else-if, jumps to labels, runs of equal logical operators and recursion without
 * nesting). The numbers were worked out by hand from the rules; comments give the cognitive increments.
 */
import { describe, expect, it } from 'vitest';
import { METRIC_STRIDE, MetricColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { extractFile } from '../../src/parse/extract-file.ts';

interface Expected {
  readonly cyclomatic: number;
  readonly cognitive: number;
}

interface Example {
  readonly language: string;
  readonly text: string;
  readonly functions: Readonly<Record<string, Expected>>;
}

const examples: readonly Example[] = [
  {
    language: 'python',
    text: `
def route(kind, items):
    if kind == 1:                    # 1
        return 0
    elif kind == 2:                  # 1
        for item in items:           # 2
            if item and kind:        # 3 + 1
                return item
    else:                            # 1
        while items:                 # 2
            items = items[1:]
    return 1

def guarded(path):
    try:
        return open(path)
    except OSError:                  # 1
        return None if path else 0   # 2

def runs(a, b, c, d):
    return a and b and c or d or not (a and d)   # 1 + 1 + 1

def outer(items):
    def inner(item):
        if item:                     # in inner 1, in outer 2
            return 1
    return [inner(x) for x in items]

def down(n):
    if n:                            # 1
        return down(n - 1)           # 1
`,
    functions: {
      route: { cyclomatic: 7, cognitive: 11 },
      guarded: { cyclomatic: 3, cognitive: 3 },
      runs: { cyclomatic: 6, cognitive: 3 },
      inner: { cyclomatic: 2, cognitive: 1 },
      down: { cyclomatic: 2, cognitive: 2 },
    },
  },
  {
    language: 'javascript',
    text: `
function sum(table, limit) {
  let total = 0;
  outer: for (const row of table) {           // 1
    for (let i = 0; i < row.length; i++) {    // 2
      if (row[i] > limit) continue outer;     // 3 + 1
      total += row[i] ? 1 : 0;                // 3
    }
  }
  return total;
}
function word(n) {
  switch (n) {                                // 1
    case 1: return 'one';
    case 2: return 'two';
    default: return n > 2 && n < 9 ? 'some' : 'many';   // 2 + 1
  }
}
async function load(get) {
  try { return await get(); }
  catch (error) {                             // 1
    if (error.code) throw error;              // 2
    else do { await get(); } while (error);   // 1 + 3
  }
}
function down(n) { return n > 0 ? down(n - 1) : 0; }   // 1 + 1
`,
    functions: {
      sum: { cyclomatic: 5, cognitive: 10 },
      word: { cyclomatic: 5, cognitive: 4 },
      load: { cyclomatic: 4, cognitive: 7 },
      down: { cyclomatic: 2, cognitive: 2 },
    },
  },
  {
    language: 'typescript',
    text: `
class Store<T> {
  #items: T[] = [];
  find(test: (item: T) => boolean, from?: number): T | undefined {
    for (let at = from as number; at < this.#items.length; at++) {   // 1
      if (test(this.#items[at]!)) return this.#items[at];           // 2
      else if (at > 10 || at < 0) break;                             // 1 + 1
    }
    return undefined;
  }
  get size(): number { return this.#items.length; }
  visit(each: (item: T) => void): void {
    this.#items.forEach((item) => {
      while (item) each(item);                                       // 2: a function in between
    });
  }
}
`,
    functions: { find: { cyclomatic: 5, cognitive: 5 }, size: { cyclomatic: 1, cognitive: 0 } },
  },
  {
    language: 'java',
    text: `
class Grid {
  int find(int[][] grid, int wanted) {
    int at = 0;
    rows:
    for (int[] row : grid) {                // 1
      for (int cell : row) {                // 2
        if (cell == wanted) { break rows; } // 3 + 1
        else if (cell < 0) continue;        // 1
        else at++;                          // 1
      }
    }
    return at;
  }
  int pick(int n) {
    switch (n) {                            // 1
      case 1: return 1;
      case 2: case 3: return 2;
      default: return 0;
    }
  }
  void run(Runnable given) {
    Runnable later = () -> { if (given != null) given.run(); };   // 2
    try { later.run(); }
    catch (RuntimeException error) {        // 1
      while (true) { later.run(); }         // 2
    }
  }
  int product(int n) { return n < 2 ? 1 : n * product(n - 1); }   // 1 + 1
}
`,
    functions: {
      find: { cyclomatic: 5, cognitive: 9 },
      pick: { cyclomatic: 4, cognitive: 1 },
      run: { cyclomatic: 4, cognitive: 5 },
      product: { cyclomatic: 2, cognitive: 2 },
    },
  },
  {
    language: 'go',
    text: `package scan
func Scan(rows [][]int, limit int) int {
	total := 0
outer:
	for _, row := range rows {        // 1
		for _, cell := range row {    // 2
			if cell > limit {         // 3
				break outer           // 1
			} else if cell == limit { // 1
				goto done             // 1
			} else {                  // 1
				total += cell
			}
		}
	}
done:
	return total
}
func Kind(v any, limit int) int {
	switch v.(type) {                                // 1
	case int:
		return 1
	case string:
		if v != nil && limit > 0 || limit < -5 {     // 2 + 1 + 1
			return 2
		}
	}
	return 0
}
func Later(work func()) func() {
	return func() {
		for {                                        // 2
			work()
		}
	}
}
`,
    functions: {
      Scan: { cyclomatic: 5, cognitive: 10 },
      Kind: { cyclomatic: 6, cognitive: 5 },
      Later: { cyclomatic: 2, cognitive: 2 },
    },
  },
  {
    language: 'c',
    text: `
int scan(const int *cells, int count, int limit) {
  int i;
  for (i = 0; i < count; i++) {       /* 1 */
    if (cells[i] > limit)             /* 2 */
      goto found;                     /* 1 */
    else if (cells[i] < 0 && i > 1)   /* 1 + 1 */
      continue;
    else                              /* 1 */
      limit--;
  }
  do { count--; } while (count > 0);  /* 1 */
  return 0;
found:
  return i ? cells[i] : 1;            /* 1 */
}
int kind(int n) {
  switch (n) {                        /* 1 */
    case 1: return 1;
    case 2: return 2;
    default: return 0;
  }
}
`,
    functions: { scan: { cyclomatic: 7, cognitive: 9 }, kind: { cyclomatic: 3, cognitive: 1 } },
  },
  {
    language: 'cpp',
    text: `
int total(const std::vector<int>& cells) {
  int sum = 0;
  for (int cell : cells) {              // 1
    try { sum += check(cell); }
    catch (const std::exception& e) {   // 2
      if (cell || sum) return -1;       // 3 + 1
    }
  }
  auto twice = [&](int n) { return n ? 2 * n : 0; };   // 2
  return twice(sum);
}
`,
    functions: { total: { cyclomatic: 6, cognitive: 9 } },
  },
  {
    language: 'csharp',
    text: `
class Grid {
  int Find(int[] cells, int limit) {
    foreach (var cell in cells) {            // 1
      if (cell > limit || cell < 0) {        // 2 + 1
        return cell;
      }
    }
    try { return cells[0]; }
    catch (System.Exception) {               // 1
      switch (limit) {                       // 2
        case 1: return 1;
        default: return 0;
      }
    }
  }
}
`,
    functions: { Find: { cyclomatic: 6, cognitive: 7 } },
  },
  {
    language: 'rust',
    text: `
fn scan(rows: &[Vec<i32>], limit: i32) -> i32 {
    let mut total = 0;
    'outer: for row in rows {            // 1
        for cell in row {                // 2
            if *cell > limit {           // 3
                break 'outer;            // 1
            } else {                     // 1
                total += match cell {    // 4
                    0 => 1,
                    1 | 2 => 5,
                    _ => 0,
                };
            }
        }
    }
    total
}
`,
    functions: { scan: { cyclomatic: 6, cognitive: 12 } },
  },
];

async function measure({ language, text }: Example): Promise<ReadonlyMap<string, Expected>> {
  const { facts } = await extractFile({ text, language, declarations: false });
  const found = new Map<string, Expected>();
  for (let at = 0; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    const row = facts.symbols[at + SymbolColumn.metrics]! * METRIC_STRIDE;
    const name = facts.strings[facts.symbols[at + SymbolColumn.name]!];
    if (row < 0 || name === undefined) continue;
    found.set(name, {
      cyclomatic: facts.metrics[row + MetricColumn.cyclomatic]!,
      cognitive: facts.metrics[row + MetricColumn.cognitive]!,
    });
  }
  return found;
}

describe('complexity by the published rules', () => {
  it.each(examples)('$language', async (example) => {
    const found = await measure(example);
    expect(Object.fromEntries(Object.keys(example.functions).map((name) => [name, found.get(name)]))).toEqual(
      example.functions,
    );
  });
});

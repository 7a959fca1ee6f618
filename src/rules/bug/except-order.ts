import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'except-order',
  title: 'Handler that is never reached',
  reason:
    'An earlier `except` of the same statement catches a base class of this exception. Put the narrower handler first.',
  category: 'bug',
  severity: 4,
  references: ['CWE-561', 'pylint E0701', 'ruff B014'],
  languages: ['python'],
  aliases: ['bad-except-order', 'E0701', 'duplicate-except', 'B025', 'B014'],
  tree: {
    python: (file) => ({
      try_statement: (node) => {
        const { nodes } = file;
        const caught = new Map<string, number>();
        for (const clause of parts(nodes, node).filter((part) => nodes.is(part, 'except_clause'))) {
          const names = caughtNames(clause);
          const dead = names.find((name) => ancestors(name).some((base) => caught.has(base)));
          if (dead !== undefined && names.length === 1) {
            const base = ancestors(dead).find((name) => caught.has(name))!;
            const { start } = file.at(clause);
            file.report(
              { start, end: Math.min(file.at(clause).end, start + nodes.slice(clause).indexOf(':') + 1) },
              `\`except ${base}\` on line ${file.line(file.at(caught.get(base)!).start)} catches \`${dead}\` already.`,
            );
          }
          for (const name of names) if (!caught.has(name)) caught.set(name, clause);
        }

        function caughtNames(clause: number): readonly string[] {
          let test = nodes.firstNamed(clause);
          if (test < 0 || nodes.is(test, 'block')) return [];
          if (nodes.is(test, 'as_pattern')) test = nodes.firstNamed(test);
          if (nodes.is(test, 'tuple')) return parts(nodes, test).map((part) => nodes.slice(part));
          return [nodes.slice(test)];
        }
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'try:\n    run()\nexcept Exception:\n    pass\nexcept ValueError:\n    log()\n',
      good: 'try:\n    run()\nexcept ValueError:\n    log()\nexcept Exception:\n    pass\n',
    },
    {
      language: 'python',
      bad: 'try:\n    run()\nexcept KeyError:\n    a()\nexcept KeyError as e:\n    b()\n',
      good: 'try:\n    run()\nexcept KeyError:\n    a()\nexcept IndexError as e:\n    b()\n',
    },
  ],
});

/** Built-in exceptions by their base, as Python documents them. */
const bases: Readonly<Record<string, string>> = Object.fromEntries(
  `Exception:ValueError TypeError ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError StopIteration StopAsyncIteration SyntaxError SystemError Warning
ArithmeticError:FloatingPointError OverflowError ZeroDivisionError
ImportError:ModuleNotFoundError
LookupError:IndexError KeyError
NameError:UnboundLocalError
OSError:IOError BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError
ConnectionError:BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError
RuntimeError:NotImplementedError RecursionError
SyntaxError:IndentationError
ValueError:UnicodeError
UnicodeError:UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError
BaseException:Exception KeyboardInterrupt SystemExit GeneratorExit`
    .split('\n')
    .flatMap((line) => {
      const [base, names] = line.split(':') as [string, string];
      return names.split(' ').map((name) => [name, base] as const);
    }),
);

function ancestors(name: string): readonly string[] {
  const list = [name];
  for (let base = bases[name]; base !== undefined; base = bases[base]) list.push(base);
  return list;
}

import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'docstring-style',
  title: 'Docstring against PEP 257',
  reason:
    'A docstring stands in triple double quotes, and its first line is a sentence of its own that ends with a stop: help(), editors and generated pages show that line alone.',
  category: 'standards',
  severity: 1,
  references: ['PEP 257', 'Google Python style 3.8', 'pydocstyle D300 D400 D205'],
  languages: ['python'],
  aliases: ['D300', 'D400', 'D415', 'D205', 'D403', 'D419'],
  optIn: true,
  tree: {
    python: (file) => {
      const { nodes } = file;
      const look = (body: number): void => {
        const [first] = parts(nodes, body);
        const text = first !== undefined && nodes.is(first, 'expression_statement') ? nodes.firstNamed(first) : -1;
        if (first === undefined || !nodes.is(text, 'string')) return;
        const source = nodes.slice(text);
        const match = /^[rRuU]*("""|'''|"|')([^]*)\1$/.exec(source);
        if (!match) return;
        const lines = match[2]!.split('\n');
        const summary = (lines[0]!.trim() || lines[1]?.trim()) ?? '';
        const end = lines[0]!.trim() === '' ? 1 : 0;
        const problem =
          match[1] !== '"""'
            ? 'stands in other quotes than `"""`'
            : summary === ''
              ? 'is empty'
              : !/[.!?:…。]$/.test(summary)
                ? 'has a first line without a stop'
                : lines[end + 1] !== undefined && lines[end + 1]!.trim() !== '' && lines.length > end + 2
                  ? 'needs a blank line after its first'
                  : undefined;
        if (problem !== undefined) file.report(file.at(text), `The docstring ${problem}.`);
      };
      return {
        module: look,
        function_definition: (node) => look(nodes.child(node, 'body')),
        class_definition: (node) => look(nodes.child(node, 'body')),
      };
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def f():\n    """Return one"""\n    return 1\n',
      good: 'def f():\n    """Return one."""\n    return 1\n',
    },
    {
      language: 'python',
      bad: "def f():\n    '''Return one.'''\n    return 1\n",
      good: 'def f():\n    """Return one.\n\n    Or more.\n    """\n    return 1\n',
    },
  ],
});

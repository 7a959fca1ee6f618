import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'layer-breach',
  title: 'Import against the declared layers',
  reason:
    'The configuration says which layer may use which (`check.layers`, from the top down), and this import goes upwards. Turn it round: pass the thing in, or move it down.',
  category: 'design',
  severity: 4,
  references: ['SOLID: dependency inversion', 'CWE-1054'],
  languages: [],
  roles: ['source', 'test'],
  minutes: 60,
  eachFile: true,
  *project({ snapshot, architecture, role, files: asked }) {
    if (!architecture) return;
    const { layers } = architecture;
    const files = snapshot.files();
    const layerOf = (id: number): number => {
      const { path } = files[id]!;
      return role(path) === 'source' ? architecture.layerOf(path) : -1;
    };
    for (const file of asked) {
      const own = layerOf(file.id);
      if (own < 0) continue;
      const told = new Set<number>();
      for (let id = file.firstSymbol; id < file.firstSymbol + file.symbolCount; id++)
        for (const { target, line } of snapshot.edgesFrom(id, ['imports', 'imports-types'])) {
          if (target < 0) continue;
          const other = snapshot.symbol(target).file;
          const theirs = layerOf(other);
          if (theirs < 0 || theirs >= own || told.has(other)) continue;
          told.add(other);
          yield {
            message: `\`${layers[own]}\` stands below \`${layers[theirs]}\` and may not import ${files[other]!.path}.`,
            place: { path: file.path, startLine: line, startColumn: 0, endLine: line, endColumn: 0 },
            identity: `${layers[own]} ${layers[theirs]} ${files[other]!.path.split('/').at(-1)}`,
          };
        }
    }
  },
  examples: [
    {
      language: 'python',
      bad: 'from screens.main import show\n\n\ndef save():\n    show()\n',
      good: 'def save():\n    return 1\n',
      files: { 'screens/main.py': 'def show():\n    return 1\n' },
      check: {
        layers: [
          { name: 'screens', paths: ['screens/'] },
          { name: 'storage', paths: ['example.py'] },
        ],
      },
    },
  ],
});

import { parts, plainString } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'undefined-export',
  title: 'Name in `__all__` that the module does not have',
  reason:
    '`from module import *` raises AttributeError, and readers are promised what is not there. Correct the name, or take it out.',
  category: 'bug',
  severity: 4,
  references: ['pyflakes F822', 'pylint E0603'],
  languages: ['python'],
  aliases: ['F822', 'undefined-all-variable', 'E0603', 'reportUnsupportedDunderAll', 'type-ignore'],
  roles: ['source'],
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        assignment: (node) => {
          if (nodes.slice(nodes.child(node, 'left')) !== '__all__' || file.isPartial || file.python.isDynamic) return;
          const list = nodes.child(node, 'right');
          if (!/^(?:list|tuple)$/.test(nodes.typeName(list))) return;
          const { variables } = file.python.module;
          if (variables.has('__getattr__') || /\bglobals\(\)|\bvars\(\)|sys\.modules/.test(file.text)) return;
          for (const item of parts(nodes, list)) {
            const name = plainString(nodes, item);
            if (name !== undefined && /^\w+$/.test(name) && !variables.has(name) && !/^__\w+__$/.test(name))
              file.note(file.at(item), { name });
          }
        },
      };
    },
  },
  eachFile: true,
  *conclude(files, { snapshot }) {
    for (const { path, notes } of files) {
      if (notes.length === 0) continue;
      // A package exports its modules; compiled ones need not be in the tree.
      const isPackage = /(?:^|\/)__init__\.pyi?$/.test(path);
      if (isPackage && notes.length > 3) continue;
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const paths = snapshot.files().filter((file) => file.path.startsWith(folder));
      for (const { place, data } of notes) {
        const name = String(data['name']);
        const below = `${folder}${name}`;
        if (isPackage && paths.some((file) => file.path.startsWith(`${below}.`) || file.path.startsWith(`${below}/`)))
          continue;
        yield { message: `The module has no \`${name}\`.`, place: { ...place, path }, identity: name };
      }
    }
  },
  examples: [
    {
      language: 'python',
      bad: '__all__ = ["load", "store"]\n\n\ndef load():\n    return 1\n',
      good: '__all__ = ["load", "store"]\n\n\ndef load():\n    return 1\n\n\nstore = load\n',
    },
  ],
});

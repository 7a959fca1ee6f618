import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const nodemon: NpmTool = {
  id: 'nodemon',
  packages: ['nodemon'],
  configuration: ['nodemon.json'],
  manifestKey: 'nodemonConfig',
  read(settings, found) {
    for (const command of stringsAt(settings, 'exec'))
      found.uses(
        command.split(/\s+/).filter((word) => /^(?:ts-node|tsx|babel-node)$/.test(word)),
        'nodemon command',
      );
  },
};

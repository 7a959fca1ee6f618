import { stringsWithin, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const lintStaged: NpmTool = {
  id: 'lint-staged',
  packages: ['lint-staged', 'nano-staged'],
  configuration: ['.lintstagedrc', '.lintstagedrc.{json,yaml,yml,js,mjs,cjs,ts}', 'lint-staged.config.{js,mjs,cjs,ts}'],
  manifestKey: 'lint-staged',
  read(settings, found) {
    for (const command of stringsWithin(valuesAt(settings))) {
      const program = /^(?:npx |yarn |pnpm (?:exec )?)?([\w@/.-]+)/.exec(command)?.[1];
      if (program !== undefined && !/^(?:git|npm|node|run|sh|bash)$/.test(program))
        found.uses([program], 'lint-staged command');
    }
  },
};

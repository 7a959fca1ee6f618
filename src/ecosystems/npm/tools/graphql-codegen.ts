import { entriesOf, itemsOf, pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const graphqlCodegen: NpmTool = {
  id: 'graphql-codegen',
  packages: [/^@graphql-codegen\//],
  configuration: ['codegen.{yml,yaml,json,ts,js,mjs,cjs}', '.codegenrc.{ts,js,json,yml}'],
  read(settings, found) {
    for (const [, target] of entriesOf(valuesAt(settings, 'generates')))
      for (const name of [
        ...pluginNames([...valuesAt(target, 'plugins'), ...valuesAt(target, 'preset')]),
        ...itemsOf(valuesAt(target, 'plugins')).flatMap((one) => entriesOf([one]).map(([key]) => key)),
      ])
        found.uses(
          [
            name.startsWith('.') || name.includes('codegen')
              ? name
              : `@graphql-codegen/${name === 'client' ? 'client-preset' : name}`,
          ],
          'codegen plug-in',
        );
  },
};

import { quote } from './ecmascript-literal.ts';
import type { TestStyle } from './test-file.ts';

/** The first line of a test; `patience` stands where its framework wants it. */
export function openTest(title: string, style: TestStyle, isAsync = false, argument = ''): string {
  const options =
    style.patience !== undefined && (style.framework === 'node:test' || style.framework === 'vitest')
      ? `{ timeout: ${style.patience} }, `
      : '';
  return `  it(${quote(title)}, ${options}${isAsync ? 'async ' : ''}(${argument}) => {`;
}

export function closeTest({ framework, patience }: TestStyle): string {
  if (patience === undefined) return '  });';
  if (framework === 'jest') return `  }, ${patience});`;
  return framework === 'mocha' ? `  }).timeout(${patience});` : '  });';
}

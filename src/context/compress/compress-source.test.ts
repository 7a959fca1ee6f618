import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '#languages/detect-language.ts';
import { compressSource } from './compress-source.ts';

const keep = { keepDocumentation: false, dropDocstrings: false };
const drop = { keepDocumentation: false, dropDocstrings: true };

describe('compressing', () => {
  it('takes comments, blank lines and indentation, and leaves strings and tool comments alone', async () => {
    const source =
      '#!/usr/bin/env node\n// what it is\n\nimport a from "a"; // why\n\nfunction f(x) {\n\n    /* inner */\n    const s = `\n      // kept\n    `;\n    // @ts-expect-error\n    return x /* here */ + s + "  /* no comment */  ";\n}\n';
    expect(await compressSource(source, 'javascript', keep)).toEqual({
      layout: 'flat',
      text: '#!/usr/bin/env node\nimport a from "a";\nfunction f(x) {\nconst s = `\n      // kept\n    `;\n// @ts-expect-error\nreturn x + s + "  /* no comment */  ";\n}\n',
    });
  });

  it('keeps nesting where it has a meaning', async () => {
    const source =
      'def f(a,\n      b):  # both\n    """Says."""\n\n    if a:\n            # deep\n            return [\n                1,\n            ]\n    else:\n\tpass\n    x = a + \\\n        b\n    return """\n  text # kept\n"""\n';
    const { text, layout } = await compressSource(source.replace('\tpass', '        pass'), 'python', keep);
    expect(layout).toBe('levels');
    expect(text).toBe(
      'def f(a,\nb):\n """Says."""\n if a:\n  return [\n1,\n]\n else:\n  pass\n x = a + \\\n b\n return """\n  text # kept\n"""\n',
    );
  });

  it('takes docstrings when asked, but not the only statement of a body', async () => {
    const source =
      '"""Module."""\nclass A:\n    """Doc."""\n\n    def f(self):\n        """Only."""\n\n    def g(self):\n        """Doc."""\n        return 1\n';
    expect((await compressSource(source, 'python', drop)).text).toBe(
      'class A:\n def f(self):\n  """Only."""\n def g(self):\n  return 1\n',
    );
  });

  it('keeps a line break that a comment held', async () => {
    expect(
      (
        await compressSource(
          'function f() {\n  return /* a\n b */ 1\n}\nlet a = 1 /* x\n */ let b = 2\n',
          'javascript',
          keep,
        )
      ).text,
    ).toBe('function f() {\nreturn\n1\n}\nlet a = 1\nlet b = 2\n');
  });

  it('leaves what it cannot read unchanged', async () => {
    for (const language of ['markdown', 'perl', 'json', 'no-such'])
      expect(await compressSource('# a\n\n\n  b\n', language, keep)).toEqual({
        text: '# a\n\n\n  b\n',
        layout: 'none',
      });
  });

  const folder = path.resolve(import.meta.dirname, '../../../test/fixtures/languages');
  it.each(readdirSync(folder))('changes nothing that counts in %s, nor does doing it again', async (name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const { language } = detectLanguage(name);
    for (const choice of [keep, drop]) {
      const once = await compressSource(text, language, choice);
      expect(once.text.length).toBeLessThanOrEqual(text.length);
      const twice = await compressSource(once.text, language, { ...choice, dropDocstrings: false });
      expect(twice.text).toBe(once.text);
    }
  });

  it('gives the same program whatever the layout was', async () => {
    const blank = fc.constantFrom('', ' ', '\n', '\n\n', ' // c\n', '/* d */', '\t');
    await fc.assert(
      fc.asyncProperty(fc.array(blank, { minLength: 12, maxLength: 12 }), async (gaps) => {
        const words = ['function ', 'f', '(', 'a', ',', 'b', ')', '{', 'return(', 'a', '+', 'b)', '}'];
        const source = words.map((word, at) => word + (gaps[at] ?? '')).join('');
        const { text } = await compressSource(source, 'javascript', keep);
        expect(text.replace(/\s+/g, '')).toBe('functionf(a,b){return(a+b)}');
      }),
      { numRuns: 200 },
    );
  });
});

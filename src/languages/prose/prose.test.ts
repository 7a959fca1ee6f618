import { describe, expect, it } from 'vitest';
import type { FileFacts } from '#model/facts.ts';
import { describeSymbol, listReferences, listSymbols } from '../facts-listing.ts';
import { loadExtractor } from '../registry.ts';

async function extract(language: string, text: string): Promise<FileFacts> {
  const extractor = (await loadExtractor(language))!;
  await extractor.prepare(language);
  return extractor.extract({ text, language, declarations: false });
}

describe('prose', () => {
  it('Markdown: headings nest, examples and front matter are none', async () => {
    const facts = await extract(
      'markdown',
      `---
title: no heading
---
intro [code](src/a.ts)

# The \`trowel\` *tool* {#top}

Digs into [any](https://example.org) code, see [ADR](<docs/decisions/0001 one.md>) and
[the guide](docs/guide.md#install "Guide").

## Install ##

\`\`\`sh
# no heading [x](no.md)
\`\`\`

Setext
------
[here](#top) ![picture](img/a%20b.png)

### Deep
# Next
[ref]: ../CHANGELOG.md
`,
    );
    expect(listSymbols(facts)).toEqual([
      'section The trowel tool 6-21 exported',
      'section The trowel tool.Install 11-15 exported',
      'section The trowel tool.Setext 17-21 exported',
      'section The trowel tool.Setext.Deep 21-21 exported',
      'section Next 22-23 exported',
    ]);
    expect(describeSymbol(facts, 'The trowel tool')).toMatchObject({
      place: [6, 3],
      signature: '# The `trowel` *tool* {#top}',
    });
    expect(describeSymbol(facts, 'The trowel tool').documentation).toMatch(/^Digs into /);
    expect(listReferences(facts)).toEqual([
      'read src/a.ts@4 in <module>',
      'read docs/decisions/0001 one.md@8 in The trowel tool',
      'read docs/guide.md@9 in The trowel tool',
      'read img/a b.png@19 in The trowel tool.Setext',
      'read ../CHANGELOG.md@23 in Next',
    ]);
  });

  it('reStructuredText: levels by the order of the marks, roles and toctrees', async () => {
    const facts = await extract(
      'restructuredtext',
      `=====
Title
=====

See :doc:\`/topics/db\`, \`the source <../src/a.py>\`_ and \`\`code\`\`.

Part
====

.. include:: more.txt

.. toctree::
   :maxdepth: 2

   install
   Words <usage/index>

Sub :ref:\`x\`
------------

Other
=====
`,
    );
    expect(listSymbols(facts)).toEqual([
      'section Title 1-22 exported',
      'section Title.Part 7-19 exported',
      'section Title.Part.Sub x 18-19 exported',
      'section Title.Other 21-22 exported',
    ]);
    expect(describeSymbol(facts, 'Title')).toMatchObject({ place: [2, 1], signature: 'Title' });
    expect(listReferences(facts)).toEqual([
      'read /topics/db@5 in Title',
      'read ../src/a.py@5 in Title',
      'read more.txt@10 in Title.Part',
      'read install@15 in Title.Part',
      'read usage/index@16 in Title.Part',
    ]);
  });

  it('AsciiDoc and LaTeX', async () => {
    const asciidoc = await extract(
      'asciidoc',
      '= Doc\n\n== One\nlink:a.adoc[A] xref:b.adoc#x[B]\n\n=== Two\n== Three\n',
    );
    expect(listSymbols(asciidoc)).toEqual([
      'section Doc 1-7 exported',
      'section Doc.One 3-6 exported',
      'section Doc.One.Two 6-6 exported',
      'section Doc.Three 7-7 exported',
    ]);
    expect(listReferences(asciidoc)).toEqual(['read a.adoc@4 in Doc.One', 'read b.adoc@4 in Doc.One']);
    expect(listSymbols(await extract('latex', '\\section{One}\ntext\n\\subsection*{Two}\n'))).toEqual([
      'section One 1-3 exported',
      'section One.Two 3-3 exported',
    ]);
  });

  it('reads hostile lines without an error', async () => {
    for (const language of ['markdown', 'restructuredtext', 'asciidoc'])
      for (const piece of [
        '#',
        '# ',
        '# a #',
        '[',
        '](',
        '`',
        '<',
        '=\n',
        '```\n',
        '[a]: ',
        '.. toctree::\n a\n',
        '* _',
        'link:',
      ])
        for (const text of [piece.repeat(20_000), `# ${piece.repeat(20_000)}x\n`])
          expect((await extract(language, text)).symbols.length).toBeGreaterThan(0);
  });
});

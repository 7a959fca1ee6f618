import { expect, test } from 'vitest';
import { linkable, nameEdges, projectOf } from '../../../test/link-files.ts';
import { createLinker } from '../create-linker.ts';

test('Dart: packages of the tree, relative parts and exports, names that are shown', async () => {
  const files = new Map(
    Object.entries({
      'app/pubspec.yaml': 'name: app\n',
      'app/lib/main.dart':
        "import 'package:app/src/shapes.dart' show Circle, area;\nimport 'package:other/x.dart';\nimport 'dart:io';\nimport 'gone.dart';\nvoid main() { area(Circle()); helper(); }\n",
      'app/lib/src/shapes.dart':
        "export 'circle.dart' show Circle;\npart 'more.dart';\nint area(Object o) => twice();\n",
      'app/lib/src/circle.dart': 'class Circle {}\n',
      'app/lib/src/more.dart': "part of 'shapes.dart';\nint twice() => 2;\n",
    }),
  );
  const linkables = await Promise.all(
    [...files].filter(([path]) => path.endsWith('.dart')).map(([path, text]) => linkable(path, text)),
  );
  const update = createLinker(projectOf(files)).update(linkables, []);
  const edges = nameEdges(update, new Map(linkables.map((one) => [one.path, one.facts])));
  const told = edges
    .filter(({ kind }) => kind !== 'contains')
    .map(({ source, kind, target, provenance }) => `${source} ${kind} ${target} ${provenance}`);
  expect(told.sort()).toMatchInlineSnapshot(`
    [
      "app/lib/main.dart# imports app/lib/src/shapes.dart# exact",
      "app/lib/main.dart# imports app/lib/src/shapes.dart# exact",
      "app/lib/main.dart# imports dart:io external",
      "app/lib/main.dart# imports pub:other/x.dart external",
      "app/lib/main.dart#main calls app/lib/src/shapes.dart#area exact",
      "app/lib/main.dart#main instantiates app/lib/src/circle.dart#Circle exact",
      "app/lib/src/shapes.dart# imports app/lib/src/circle.dart# exact",
      "app/lib/src/shapes.dart# imports app/lib/src/more.dart# exact",
      "app/lib/src/shapes.dart#area calls app/lib/src/more.dart#twice candidate",
    ]
  `);
});

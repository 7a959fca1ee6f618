/** pytest's decorators: fixtures and parameters of tests. */
import { ContainerKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { keyOf } from '../operations.ts';
import { allocate, argument, argumentsFrom, give, giveFrom, type Model, type ModelCall } from './model.ts';

const applied = 'py:pytest#fixture()';

function provide(call: ModelCall, slot: number, name: number): void {
  const { system } = call;
  system.each(slot, (object) => {
    const callee = system.objects.kind[object] === ObjectKind.wrapper ? system.objects.a[object]! : object;
    if (system.objects.kind[callee] === ObjectKind.function) system.dialect.fixtures?.provide(callee, name);
  });
  giveFrom(call, slot);
}

/** `@fixture` on a function, or `@fixture(name="x")`, which gives a decorator. */
const fixture: Model = (call) => {
  const { system } = call;
  const slot = argumentsFrom(call, 0)[0];
  if (slot !== undefined) return provide(call, slot, -1);
  const site = allocate(call, ContainerKind.object);
  system.expand(argument(call, -1, 'name'), system.field(site, system.names.id('#name')));
  give(call, system.bound(system.external(applied), site));
};

const applyFixture: Model = (call) => {
  const { system, receiver } = call;
  const slot = argumentsFrom(call, 0)[0] ?? -1;
  const names = receiver < 0 ? [] : system.solver.points(system.field(receiver, system.names.id('#name')));
  const key = names.map((object) => keyOf(system, object)).find((each) => each >= 0);
  provide(call, slot, key === undefined ? -1 : system.names.id(system.keyText(key)));
};

const parametrize: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.object);
  system.expand(argument(call, 0, 'argnames'), system.field(site, system.names.id('#names')));
  system.expand(argument(call, 1, 'argvalues'), system.field(site, system.names.id('#values')));
  give(call, system.bound(system.external('py:pytest#mark.parametrize()'), site));
};

const applyParameters: Model = (call) => {
  const { system, receiver } = call;
  const slot = argumentsFrom(call, 0)[0] ?? -1;
  giveFrom(call, slot);
  if (receiver < 0) return;
  const field = (name: string): number => system.field(receiver, system.names.id(name));
  system.each(slot, (object) => {
    if (system.objects.kind[object] !== ObjectKind.function) return;
    // The names are known when all that holds them is.
    system.dialect.defer(() => system.dialect.fixtures?.parametrize(object, field('#names'), field('#values')));
  });
};

/** `pytest.param(a, b)`: a row of values; alone, the value itself. */
const param: Model = (call) => {
  const { system } = call;
  const row = allocate(call, ContainerKind.tuple);
  argumentsFrom(call, 0).forEach((slot, index) => {
    system.expand(slot, system.element(row, system.keyName(String(index))));
    giveFrom(call, slot);
  });
  give(call, row);
};

export const pytest: Readonly<Record<string, Model>> = {
  'py:pytest#fixture': fixture,
  'py:pytest#yield_fixture': fixture,
  'py:pytest_asyncio#fixture': fixture,
  [applied]: applyFixture,
  'py:pytest#mark.parametrize': parametrize,
  'py:pytest#mark.parametrize()': applyParameters,
  'py:pytest#param': param,
};

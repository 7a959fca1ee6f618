/** `contextlib`, `threading` and other parts of the library that call methods of what they are given. */
import { ContainerKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { keyOf } from '../operations.ts';
import { viewName } from '../python-types.ts';
import {
  allocate,
  argument,
  argumentsFrom,
  give,
  giveFrom,
  invoke,
  type Model,
  type ModelCall,
  restArguments,
} from './model.ts';

const enterContext: Model = (call) => {
  const { system, site } = call;
  const into = site.destination < 0 ? system.newSlot() : site.destination;
  system.each(argument(call, 0), (object) => system.dialect.enter(system, object, into, site.program, site.row));
};

/** `closing(x)`: entering gives `x`, leaving calls its `close`. */
const closing: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.object);
  system.expand(argument(call, 0), system.field(site, system.names.id('#closed')));
  give(call, site);
};

/** Calls a method of the receiver, as a base class from outside does. */
const callsOwn =
  (method: string): Model =>
  (call) => {
    const { system, site, receiver } = call;
    if (receiver < 0 || system.objects.kind[receiver] !== ObjectKind.instance) return;
    const found = system.newSlot();
    system.dialect.load(system, receiver, system.names.id(method), found, site.program, site.row);
    invoke(call, found, [], site.destination);
  };

/** `weakref.ref(x, callback)`: calling it gives `x`. The callback runs whenever memory is cleared: nobody here calls it. */
const reference: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.object);
  system.expand(argument(call, 0), system.field(site, system.names.id('#referent')));
  give(call, site);
};

const wraps: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.object);
  system.expand(argument(call, 0), system.field(site, system.names.id('#wraps')));
  const decorator = system.bound(system.external('py:functools#wraps()'), site);
  give(call, decorator);
};

const wrap: Model = (call) => {
  const { system, receiver } = call;
  const wrapped = system.names.id('__wrapped__');
  system.each(argument(call, 0), (object) => {
    if (receiver >= 0 && system.objects.kind[object] === ObjectKind.function)
      system.solver.copy(system.field(receiver, system.names.id('#wraps')), system.field(object, wrapped));
  });
  giveFrom(call, argument(call, 0));
};

/** The attributes of an object, or of the module, as a dictionary. */
const view: Model = (call) => {
  const { system, site } = call;
  const name = system.external(viewName);
  const subject = argument(call, 0);
  if (subject < 0) return give(call, system.bound(name, system.objects.intern(ObjectKind.module, site.program.number)));
  system.each(subject, (object) => give(call, system.bound(name, object)));
};

const viewGet: Model = (call) => {
  const { system, site, receiver } = call;
  giveFrom(call, argument(call, 1));
  if (site.destination < 0 || receiver < 0) return;
  system.each(argument(call, 0), (key) => {
    const name = keyOf(system, key);
    if (name >= 0)
      system.dialect.load(
        system,
        receiver,
        system.names.id(system.keyText(name)),
        site.destination,
        site.program,
        site.row,
      );
  });
};

const viewUpdate: Model = (call) => {
  const { system, site, receiver } = call;
  if (receiver < 0) return;
  const store = (name: number, slot: number): void =>
    system.dialect.store(system, receiver, name, slot, site.program, site.row);
  for (let i = 0; i < site.arguments.length; i += 3) {
    if (site.arguments[i] === 1) store(site.arguments[i + 2]!, site.arguments[i + 1]!);
    else
      system.each(site.arguments[i + 1]!, (object) => {
        if (system.objects.kind[object] !== ObjectKind.site) return;
        system.followElements(object, (key, slot) => {
          if (key !== system.anyKey) store(system.names.id(system.keyText(key)), slot);
        });
      });
  }
};

const namespace: Model = (call) => {
  const { system, site } = call;
  const made = allocate(call, ContainerKind.object);
  for (let i = 0; i < site.arguments.length; i += 3)
    if (site.arguments[i] === 1) system.expand(site.arguments[i + 1]!, system.field(made, site.arguments[i + 2]!));
  give(call, made);
};

const bindMethod: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (callee) =>
    system.each(argument(call, 1), (receiver) => give(call, system.bound(callee, receiver))),
  );
};

/** `f.__get__(x)` binds `f` to `x`. */
const bindTo: Model = (call) => {
  const { system, receiver } = call;
  if (receiver >= 0) system.each(argument(call, 0), (object) => give(call, system.bound(receiver, object)));
};

const copy =
  (method: string): Model =>
  (call) => {
    const { system, site } = call;
    system.each(argument(call, 0), (object) => {
      if (!system.dialect.callSpecial?.(system, object, method, site, argumentsFrom(call, 1), site.destination))
        give(call, object);
    });
  };

/** What `set_defaults` stores is what the parsed arguments have. */
const setDefaults: Model = (call) => {
  const { system, site } = call;
  const parsed = system.external('py:argparse#Namespace()');
  for (let i = 0; i < site.arguments.length; i += 3)
    if (site.arguments[i] === 1) system.expand(site.arguments[i + 1]!, system.field(parsed, site.arguments[i + 2]!));
};

/** `default=` of an argument is an attribute of the parsed ones under its `dest` or its long name; `action=` is made and called. */
const addArgument: Model = (call) => {
  const { system, site } = call;
  invoke(call, argument(call, -1, 'type'), [0, system.newSlot(), -1]);
  const action = system.newSlot();
  invoke(call, argument(call, -1, 'action'), [], action);
  system.each(action, (object) => {
    if (system.objects.kind[object] === ObjectKind.instance)
      system.dialect.callSpecial?.(system, object, '__call__', site, [], -1);
  });
  const value = argument(call, -1, 'default');
  const parsed = system.external('py:argparse#Namespace()');
  const store = (text: string): void =>
    system.expand(value, system.field(parsed, system.names.id(text.replace(/^-+/, '').replaceAll('-', '_'))));
  const names = argument(call, -1, 'dest') >= 0 ? [argument(call, -1, 'dest')] : argumentsFrom(call, 0);
  if (value >= 0)
    for (const slot of names)
      system.each(slot, (name) => {
        const key = keyOf(system, name);
        if (key >= 0) store(system.keyText(key));
      });
  give(call, system.external('py:argparse#Action()'));
};

const gives =
  (name: string): Model =>
  (call) =>
    give(call, call.system.external(name));

/** `NodeVisitor.visit`: any of the methods that begin with `visit_`. */
const callsMatching =
  (pattern: string): Model =>
  (call) =>
    callsOwn(pattern)(call);

const callsRest =
  (position: number): Model =>
  (call: ModelCall) =>
    invoke(call, argument(call, position), restArguments(call, position + 1), call.site.destination);

export const pythonContexts: Readonly<Record<string, Model>> = {
  'py:contextlib#ExitStack.enter_context': enterContext,
  'py:contextlib#_BaseExitStack.enter_context': enterContext,
  'py:contextlib#AsyncExitStack.enter_async_context': enterContext,
  'py:contextlib#_BaseExitStack.callback': callsRest(0),
  'py:contextlib#ExitStack.callback': callsRest(0),
  'py:contextlib#closing': closing,
  'py:contextlib#aclosing': closing,
  'py:threading#Thread.start': callsOwn('run'),
  'py:multiprocessing.process#BaseProcess.start': callsOwn('run'),
  'py:unittest.case#TestCase.addCleanup': callsRest(0),
  'py:unittest#TestCase.addCleanup': callsRest(0),
  'py:ast#NodeVisitor.visit': callsMatching('visit_*'),
  'py:ast#NodeVisitor.generic_visit': callsMatching('visit_*'),
  'py:html.parser#HTMLParser.feed': callsMatching('handle_*'),
  'py:cmd#Cmd.onecmd': callsMatching('do_*'),
  'py:cmd#Cmd.cmdloop': callsMatching('do_*'),
  'py:weakref#ref': reference,
  'py:weakref#ReferenceType': reference,
  'py:weakref#WeakMethod': reference,
  'py:functools#wraps': wraps,
  'py:functools#wraps()': wrap,
  'py:builtins#globals': view,
  'py:builtins#locals': view,
  'py:builtins#vars': view,
  [`${viewName}.get`]: viewGet,
  [`${viewName}.__getitem__`]: viewGet,
  [`${viewName}.pop`]: viewGet,
  [`${viewName}.update`]: viewUpdate,
  'py:types#SimpleNamespace': namespace,
  'py:argparse#Namespace': namespace,
  'py:types#MethodType': bindMethod,
  'py:types#FunctionType.__get__': bindTo,
  'py:copy#copy': copy('__copy__'),
  'py:copy#deepcopy': copy('__deepcopy__'),
  'py:argparse#_ActionsContainer.set_defaults': setDefaults,
  'py:argparse#ArgumentParser.set_defaults': setDefaults,
  'py:argparse#_ActionsContainer.add_argument': addArgument,
  'py:argparse#ArgumentParser.add_argument': addArgument,
  'py:argparse#_SubParsersAction.add_parser': gives('py:argparse#ArgumentParser()'),
  'py:argparse#ArgumentParser.parse_args': gives('py:argparse#Namespace()'),
  'py:argparse#ArgumentParser.parse_intermixed_args': gives('py:argparse#Namespace()'),
  'py:argparse#ArgumentParser.parse_known_args': (call) => {
    const { system } = call;
    const pair = allocate(call, ContainerKind.tuple);
    system.solver.add(system.element(pair, system.keyName('0')), system.external('py:argparse#Namespace()'));
    give(call, pair);
  },
};

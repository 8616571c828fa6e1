/**
 * The schema of the unlocked workstation: every domain's SDL and resolvers, and in front of each root field the one decision
 * who may ask it. A root field that does not say what it needs does not build; a permission that no role holds is denied. A field of
 * another type that says so is shown to those who hold it and is empty for the others: fewer fields, the same question.
 */
import { readFileSync } from 'node:fs';
import { type DocumentNode, type FieldDefinitionNode, Kind, parse, type TypeNode, valueFromASTUntyped } from 'graphql';
import { CHART_PERMISSIONS, isPermission, mayDo, type Permission, TRACED_PERMISSIONS } from '../../shared/access/permissions.ts';
import { VERBS, type Verb } from '../../shared/consent/provision.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { projectFile } from '../storage/project-file.ts';
import type { VaultDomain, VaultRequest } from './domains.ts';

/** What every domain builds on, whoever registers it. */
const GROUND = 'shared/ledger/ledger.graphql';

const ROOTS = ['Query', 'Mutation', 'Subscription'] as const;
type Root = (typeof ROOTS)[number];

/** Fields that open and close charts and so come before a chart is open. */
const BEFORE_OPEN: ReadonlySet<string> = new Set(['openChart', 'closeChart']);

/** What a field does with the chart that it names, where it does not say so itself: who may write in it corrects. */
const VERB_OF: Readonly<Record<string, Verb>> = { 'chart.write': 'correct', 'note.sign': 'correct', 'patients.merge': 'correct' };

export interface RootField {
  readonly root: Root;
  readonly name: string;
  readonly permission: string;
  /** How its arguments name a patient whose chart has to be open. */
  readonly patientIn: 'patient' | 'input' | undefined;
  /** What it does with that chart, as the decision is asked. */
  readonly verb: Verb;
  /** The action of the access line that asking leaves when that chart is not open. */
  readonly trace: string | undefined;
}

/** A field of a type that only some roles are shown. */
interface ShownField {
  readonly type: string;
  readonly name: string;
  readonly permission: string;
  /** What the others get: nothing, of the field's type. */
  readonly empty: null | false | readonly never[];
}

interface VaultSchema {
  readonly typeDefs: readonly string[];
  readonly resolvers: ResolverMap;
  readonly fields: readonly RootField[];
  readonly shown: readonly ShownField[];
}

type Resolve = (parent: unknown, args: Record<string, unknown>, request: VaultRequest, info: unknown) => unknown;
type ResolverMap = Record<string, Record<string, Resolve | { readonly subscribe: Resolve; readonly resolve?: Resolve }>>;

/** @throws {Failure} `graphql.schema` when a root field names no permission, one that nobody knows, or has two resolvers. */
export function vaultSchema(domains: readonly VaultDomain[]): VaultSchema {
  const paths = new Set([GROUND, ...domains.map(({ sdl }) => sdl)]);
  const typeDefs = [...paths].map((path) => readFileSync(projectFile(path), 'utf8'));
  const documents = typeDefs.map((sdl) => parse(sdl));
  const fields = documents.flatMap(rootFields);
  const shown = documents.flatMap(shownFields);
  const given = merged(domains);
  const resolvers: ResolverMap = { ...given };
  for (const name of ROOTS) resolvers[name] = {};
  for (const field of fields)
    (resolvers[field.root] as ResolverMap[string])[field.name] = guarded(field, given[field.root]?.[field.name]);
  for (const name of ROOTS) {
    const unknown = Object.keys(given[name] ?? {}).filter((field) => !Object.hasOwn(resolvers[name] ?? {}, field));
    if (unknown.length > 0) throw schemaFault(`${name}.${unknown[0]} has a resolver and no place in the schema`);
  }
  for (const field of shown) {
    const type = { ...resolvers[field.type] };
    type[field.name] = sifted(field, type[field.name]);
    resolvers[field.type] = type;
  }
  return { typeDefs, resolvers, fields, shown };
}

function merged(domains: readonly VaultDomain[]): ResolverMap {
  const all: ResolverMap = {};
  for (const { name, resolvers } of domains) {
    for (const [type, fields] of Object.entries(resolvers as ResolverMap)) {
      const known = all[type] ?? {};
      all[type] = known;
      for (const [field, resolver] of Object.entries(fields)) {
        if (Object.hasOwn(known, field)) throw schemaFault(`${type}.${field} is resolved by ${name} and by another domain`);
        known[field] = resolver;
      }
    }
  }
  return all;
}

/** The root fields of a schema with what they need. */
export function rootFields(document: DocumentNode): RootField[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const root = ROOTS.find((name) => name === definition.name.value);
    return root ? (definition.fields ?? []).map((field) => rootField(root, field)) : [];
  });
}

function rootField(root: Root, field: FieldDefinitionNode): RootField {
  const name = field.name.value;
  const permission = permissionOf(root, field);
  if (permission === undefined) throw schemaFault(`${root}.${name} does not say which permission it @needs`);
  const said = neededOf(field, 'verb') ?? VERB_OF[permission] ?? 'access';
  const verb = VERBS.find((known) => known === said);
  if (verb === undefined)
    throw schemaFault(`${root}.${name} says the verb "${said}", which shared/consent/provision.ts does not know`);
  const asksChart = CHART_PERMISSIONS.has(permission) && !BEFORE_OPEN.has(name);
  const named = field.arguments?.find((argument) => argument.name.value === 'patient' || argument.name.value === 'input');
  const patientIn = asksChart ? (named?.name.value as RootField['patientIn']) : undefined;
  const trace = named?.name.value === 'patient' ? TRACED_PERMISSIONS.get(permission) : undefined;
  return { root, name, permission, patientIn, verb, trace };
}

/** The fields of other types that name a permission. @throws {Failure} `graphql.schema` for one that cannot be empty. */
export function shownFields(document: DocumentNode): ShownField[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const type = definition.name.value;
    if (ROOTS.some((root) => root === type)) return [];
    return (definition.fields ?? []).flatMap((field) => {
      const permission = permissionOf(type, field);
      const name = field.name.value;
      return permission === undefined ? [] : [{ type, name, permission, empty: emptyOf(`${type}.${name}`, field.type) }];
    });
  });
}

/** The permission that a field names; undefined where it names none. */
function permissionOf(type: string, field: FieldDefinitionNode): Permission | undefined {
  const permission = neededOf(field, 'permission');
  if (typeof permission !== 'string') return undefined;
  if (isPermission(permission)) return permission;
  throw schemaFault(`${type}.${field.name.value} needs "${permission}", which shared/access/permissions.ts does not know`);
}

/** What a field gives to an argument of `@needs`. */
function neededOf(field: FieldDefinitionNode, argument: 'permission' | 'verb'): unknown {
  const needs = field.directives?.find((directive) => directive.name.value === 'needs');
  const value = needs?.arguments?.find((each) => each.name.value === argument)?.value;
  return value && valueFromASTUntyped(value);
}

function emptyOf(field: string, type: TypeNode): ShownField['empty'] {
  if (type.kind !== Kind.NON_NULL_TYPE) return null;
  if (type.type.kind === Kind.LIST_TYPE) return [];
  if (type.type.name.value === 'Boolean') return false;
  throw schemaFault(`${field} is kept from some roles and has to be null, a list or a Boolean`);
}

/** Nothing for whoever does not hold the permission; else what the domain says, or what the parent holds. */
function sifted(field: ShownField, resolver: ResolverMap[string][string] | undefined): Resolve {
  const resolve = typeof resolver === 'function' ? resolver : held;
  return (parent, args, request, info) =>
    mayDo(request.vault.staff.role, field.permission) ? resolve(parent, args, request, info) : field.empty;

  function held(parent: unknown): unknown {
    return (parent as Record<string, unknown>)[field.name];
  }
}

function guarded(field: RootField, resolver: ResolverMap[string][string] | undefined): ResolverMap[string][string] {
  const guard = (resolve: Resolve): Resolve => {
    return (parent, args, request, info) => {
      if (!mayDo(request.vault.staff.role, field.permission)) throw notAllowed();
      const go = () => resolve(parent, args, request, info);
      if (field.patientIn !== undefined) return request.charts.demand(patientOf(field.patientIn, args), field.verb).then(go);
      return field.trace === undefined ? go() : request.charts.trace(patientOf('patient', args), field.trace).then(go);
    };
  };
  if (resolver === undefined) return field.root === 'Subscription' ? { subscribe: guard(notOffered) } : guard(notOffered);
  if (typeof resolver === 'function') return guard(resolver);
  return { ...resolver, subscribe: guard(resolver.subscribe) };
}

function patientOf(place: 'patient' | 'input', args: Record<string, unknown>): string {
  const holder = place === 'input' ? (args.input as Record<string, unknown>) : args;
  return String(holder?.patient ?? '');
}

const notOffered: Resolve = () => {
  throw new Failure('graphql.not-offered', 'This part of the program is not there yet. Update the program.');
};

function notAllowed(): Failure {
  return new Failure('access.not-allowed', 'Your role does not allow this. Ask an administrator of your clinic.');
}

function schemaFault(what: string): Failure {
  return new Failure('graphql.schema', `The schema does not hold together: ${what}.`);
}

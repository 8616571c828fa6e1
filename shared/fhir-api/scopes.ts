/**
 * SMART scopes, version 2 (HL7 SMART App Launch 2.2, section 3.0.2): what a program's token opens at most. What the person behind
 * it may read, and what consent leaves open, is decided beside that at every call.
 */
import { Failure } from '../outcome/failure.ts';

/** `c` create, `r` read and history, `u` update, `d` delete, `s` search. */
export type ScopeAction = 'c' | 'r' | 'u' | 'd' | 's';

export interface Scope {
  readonly level: 'patient' | 'user' | 'system';
  /** A resource type, or `*`. */
  readonly type: string;
  readonly actions: string;
}

const FORM = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]{1,63})\.(c?r?u?d?s?|read|write|\*)$/;
/** Actions of version 1 in those of version 2 (section 3.0.2.4). */
const FIRST_VERSION: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };
const MOST_SCOPES = 100;

/**
 * @param text scopes with blanks between them; those of version 1 (`patient/Observation.read`) are taken for what they mean in version 2
 * @throws {Failure} `fhir-api.scope-malformed`; scopes with a query (`Observation.rs?category=…`) are refused too, since they would
 * open more than they say; `fhir-api.scope-levels` when a token would be for one patient and for others.
 */
export function parseScopes(text: string): Scope[] {
  const words = text.split(/\s+/).filter(Boolean);
  const scopes = words.flatMap((word): Scope[] => {
    const [, level, type, actions] = FORM.exec(word) ?? [];
    return level && type && actions ? [{ level: level as Scope['level'], type, actions: FIRST_VERSION[actions] ?? actions }] : [];
  });
  if (scopes.length === 0 || scopes.length !== words.length || scopes.length > MOST_SCOPES)
    throw new Failure(
      'fhir-api.scope-malformed',
      'Each scope is written like patient/Observation.rs, user/*.cruds or system/Patient.r. Look at the ones given.',
    );
  const levels = new Set(scopes.map(({ level }) => level));
  if (levels.size > 1)
    throw new Failure(
      'fhir-api.scope-levels',
      'One token is for one patient, for a person’s work or for a system: not for several.',
    );
  return scopes;
}

export const scopesText = (scopes: readonly Scope[]): string =>
  scopes.map(({ level, type, actions }) => `${level}/${type}.${actions}`).join(' ');

/** Whether scopes let a program do that with resources of this type (`*`: with all of them). */
export function scopesAllow(scopes: readonly Scope[], type: string, action: ScopeAction): boolean {
  return scopes.some((scope) => (scope.type === '*' || scope.type === type) && scope.actions.includes(action));
}

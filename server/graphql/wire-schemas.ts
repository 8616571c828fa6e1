/** The SDL of what a hub and a clinic's host answer to devices, by the kind of operations that it has. */
import { readFileSync } from 'node:fs';
import type { OperationKind } from '../../shared/sync/released-operations.ts';
import { projectFile } from '../storage/project-file.ts';

const FILES: Readonly<Record<OperationKind, readonly string[]>> = {
  hub: ['hub', 'hub-fleet'],
  enrolment: ['enrolment'],
  clinicHost: ['hub', 'hub-fleet', 'clinic-host'],
};

export const wireSchema = (kind: OperationKind): readonly string[] =>
  FILES[kind].map((name) => readFileSync(projectFile(`shared/sync/${name}.graphql`), 'utf8'));

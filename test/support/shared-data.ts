/** The shared test data beside the project: `../shared/data`, or where CARELEDGER_DATA says. A clone may be without it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = process.env.CARELEDGER_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

export const hasSharedData = existsSync(root);

/** A file or folder of the shared data on this disk. */
export const sharedPath = (path: string): string => `${root}/${path}`;

export const sharedText = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

export const sharedJson = <T>(path: string): T => JSON.parse(sharedText(path)) as T;

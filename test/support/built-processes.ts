/** The processes of vault and session as people run them, built: they start in a quarter of the time that the sources take. */
import { forked } from '../../server/workstation/vault-process/forked-vault.ts';
import type { VaultProcess } from '../../server/workstation/vault-process/vault-link.ts';

const built = (name: string): URL => new URL(`../../out/main/${name}.js`, import.meta.url);

export const builtVault = (folder: string): (() => Promise<VaultProcess>) => forked(built('vault-process'), folder);

export const builtSession = (folder: string): (() => Promise<VaultProcess>) => forked(built('session-process'), folder);

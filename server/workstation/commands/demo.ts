import type { CommandIo } from './command.ts';
export async function demo(_a: string[], _io: CommandIo): Promise<void> {}

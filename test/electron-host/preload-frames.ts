/** What travels between the preload script of a document and the main process, as clone text. */
import type { PortFrame } from './port-relay.ts';

export type FrameToMain =
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'send'; channel: string; args: unknown[]; ports: string[] }
  | { kind: 'port'; frame: PortFrame };

export type FrameToPreload =
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'refusal'; id: number; message: string }
  | { kind: 'event'; channel: string; args: unknown[]; ports: string[] }
  | { kind: 'port'; frame: PortFrame };

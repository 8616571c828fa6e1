import { describe, expect, test } from 'vitest';
import type { CommandIo } from '../../server/command-line/command-line.ts';
import { hubCommand } from '../../server/hub/commands/hub-command.ts';
import { anchor } from '../../server/workstation/commands/anchor.ts';
import { serve } from '../../server/workstation/commands/serve.ts';

const silent: CommandIo = { out: () => undefined, err: () => undefined };
const place = ['--hub', 'https://hub.example.org', '--region', '0'.repeat(64), '--authority', '0'.repeat(64)];

describe.each(['ten', '1.5', '-1', '1e3', ' 7'])(
  '%j is refused before anything is opened, with the name of its option',
  (text) => {
    test('port of the workstation', async () => {
      await expect(serve([`--port=${text}`, '--data', 'no-such-folder'], silent)).rejects.toThrow(
        /^--port is a whole number from 0/,
      );
    });

    test('minutes between anchors', async () => {
      await expect(anchor([...place, `--every-minutes=${text}`], silent)).rejects.toThrow(
        /^--every-minutes is a whole number from 1/,
      );
    });

    test('act of a hub after which to begin', async () => {
      let said = '';
      const io = { ...silent, err: (part: string) => (said += part) };
      expect(await hubCommand(['acts', '--data', 'no-such-folder', `--after=${text}`], io)).toBe(2);
      expect(said).toContain('--after is a whole number from 0');
    });
  },
);

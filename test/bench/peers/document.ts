/** About 600 bytes of text, another one for each number. */
import { createHash } from 'node:crypto';

const digest = (label: string): string => createHash('sha512').update(label).digest('hex');

export const documentText = (at: number): string =>
  JSON.stringify({
    at,
    author: digest(`author ${at % 20}`),
    content: digest(`content ${at}`),
    key: digest(`key ${at}`),
    wrap: digest(`wrap ${at}`),
  });

/**
 * For tests of desks, cards and kiosks in processes of their own that are not about what a passphrase costs: imported, it gives
 * `quick-scrypt.ts` to this process and to every one that it starts from here on.
 */
import './quick-scrypt.ts';

const quickScrypt = new URL('./quick-scrypt.ts', import.meta.url);
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${quickScrypt.href}`;

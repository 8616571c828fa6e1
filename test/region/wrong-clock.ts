/** Loaded before the program: its computer's clock is ahead by so many milliseconds. */
const ahead = Number(process.env.REGION_CLOCK_AHEAD ?? 0);
const now = Date.now;
Date.now = () => now() + ahead;

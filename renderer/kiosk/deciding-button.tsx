import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Longer than between the two presses of a hand that trembles or hurries, shorter than it takes to read one line. */
const DEAF_MS = 600;

interface DecidingButtonProps {
  readonly isPlain?: boolean;
  readonly onPress: () => void;
  readonly children: string;
}

/**
 * Signs, sends, or ends something. In the first moment of its screen it does not hear: who presses twice on the screen before would decide
 * with the second press what they have not read.
 */
export function DecidingButton({ isPlain = false, onPress, children }: DecidingButtonProps) {
  const [hears, setHears] = useState(false);
  useEffect(() => {
    const soon = setTimeout(() => setHears(true), DEAF_MS);
    return () => clearTimeout(soon);
  }, []);
  return (
    <Button variant={isPlain ? 'outline' : 'filled'} aria-disabled={!hears} onClick={hears ? onPress : undefined}>
      {children}
    </Button>
  );
}

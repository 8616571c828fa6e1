/** The PIN: a pad of large keys, or a keyboard; how many digits is shown, never which. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KioskPage, Refused, ScreenTitle } from '../kiosk-parts.tsx';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const SHORTEST = 6;
const LONGEST = 12;

export function PinStep({ error, onPin }: { error: unknown; onPin: (pin: string) => void }) {
  const { t } = useTranslation('kiosk');
  const [pin, setPin] = useState('');
  const add = (digit: string): void => setPin((before) => (before + digit).slice(0, LONGEST));
  const erase = (): void => setPin((before) => before.slice(0, -1));

  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (/^[0-9]$/.test(event.key)) setPin((before) => (before + event.key).slice(0, LONGEST));
      if (event.key === 'Backspace') setPin((before) => before.slice(0, -1));
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);

  return (
    <KioskPage>
      <ScreenTitle>{t('pin.title')}</ScreenTitle>
      <form
        className="kiosk-sides"
        onSubmit={(event) => {
          event.preventDefault();
          if (pin.length >= SHORTEST) onPin(pin);
        }}
      >
        <Stack gap="lg">
          <Text>{t('pin.explain')}</Text>
          {error ? <Refused error={error} /> : null}
          <div>
            <Text ta="center" size="2.5rem" fw={700} h="3.5rem" aria-hidden dir="ltr">
              {'●'.repeat(pin.length)}
            </Text>
            <Text ta="center" role="status">
              {t('pin.typed', { count: pin.length })}
            </Text>
          </div>
        </Stack>
        <div>
          <div className="kiosk-keys kiosk-pin">
            {KEYS.map((digit) => (
              <Digit key={digit} digit={digit} onPress={add} />
            ))}
            <Button className="kiosk-erase" onClick={erase}>
              {t('card.erase')}
            </Button>
            <Digit digit="0" onPress={add} />
            <Button className="kiosk-erase" onClick={() => setPin('')}>
              {t('card.clear')}
            </Button>
          </div>
          <Group justify="center" mt="lg">
            <Button type="submit" variant="filled" disabled={pin.length < SHORTEST} miw="16rem">
              {t('pin.enter')}
            </Button>
          </Group>
        </div>
      </form>
    </KioskPage>
  );
}

function Digit({ digit, onPress }: { digit: string; onPress: (digit: string) => void }) {
  return (
    <Button onClick={() => onPress(digit)} fz="2rem">
      {digit}
    </Button>
  );
}

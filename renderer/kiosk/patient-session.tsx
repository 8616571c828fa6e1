/** What the holder of a card sees once they are in: four large things, and the way out. */
import { useQuery } from '@apollo/client/react';
import { Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconEye, IconFileText, IconGift, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../generated/kiosk/gql.ts';
import type { OwnConsentPartsFragment } from '../generated/kiosk/graphql.ts';
import { useFormat } from '../parts/use-format.ts';
import { Consents, type DoneConsent } from './consents.tsx';
import { EndConsent } from './end-consent.tsx';
import { GiveConsent } from './give-consent.tsx';
import { KioskBar, KioskPage, Refused, ScreenTitle, Waiting } from './kiosk-parts.tsx';
import { Offers } from './offers.tsx';
import { Papers } from './papers.tsx';
import { Readers } from './readers.tsx';
import { ReadersProof } from './readers-proof.tsx';
import { WalkAway, type WalkAwayTimes } from './walk-away.tsx';

const meNow = graphql(`
  query MeNow {
    me {
      name
      birthDate
      clinic
      asOf
    }
  }
`);

const SCREENS = { readers: IconEye, consents: IconUsers, offers: IconGift, papers: IconFileText } as const;
const NAMES = Object.keys(SCREENS) as ReadonlyArray<keyof typeof SCREENS>;

type View =
  | { readonly name: 'home' | 'readers' | 'consents' | 'offers' | 'papers' | 'give' | 'proof'; readonly done?: DoneConsent }
  | { readonly name: 'end'; readonly consent: OwnConsentPartsFragment };

/** Where "back" leads, when not home. */
const BEFORE: { readonly [name in View['name']]?: 'consents' | 'readers' } = {
  give: 'consents',
  end: 'consents',
  proof: 'readers',
};

interface PatientSessionProps {
  readonly times: WalkAwayTimes;
  readonly onLeave: () => void;
  readonly inShell: boolean;
}

export function PatientSession({ times, onLeave, inShell }: PatientSessionProps) {
  const [view, setView] = useState<View>({ name: 'home' });
  const back: View = { name: BEFORE[view.name] ?? 'home' };
  const toConsents = (done?: DoneConsent): void => setView({ name: 'consents', ...(done && { done }) });
  return (
    <WalkAway times={times} session onLeave={onLeave}>
      <KioskBar onBack={view.name === 'home' ? undefined : () => setView(back)} onDone={onLeave} />
      {view.name === 'home' ? <Home onGo={(name) => setView({ name })} /> : null}
      {view.name === 'readers' ? <Readers onProof={() => setView({ name: 'proof' })} /> : null}
      {view.name === 'proof' ? <ReadersProof /> : null}
      {view.name === 'consents' ? (
        <Consents
          done={view.done}
          onGive={() => setView({ name: 'give' })}
          onOpen={(consent) => setView({ name: 'end', consent })}
        />
      ) : null}
      {view.name === 'give' ? <GiveConsent onGiven={(consent) => toConsents({ done: 'given', consent })} /> : null}
      {view.name === 'end' ? (
        <EndConsent
          consent={view.consent}
          onConfirmed={(consent) => toConsents({ done: 'confirmed', consent })}
          onEnded={(consent) => toConsents({ done: 'ended', consent })}
          onKeep={() => toConsents()}
        />
      ) : null}
      {view.name === 'offers' ? <Offers onConsents={() => setView({ name: 'give' })} /> : null}
      {view.name === 'papers' ? <Papers inShell={inShell} /> : null}
    </WalkAway>
  );
}

function Home({ onGo }: { onGo: (screen: keyof typeof SCREENS) => void }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const { data, error, refetch } = useQuery(meNow);
  if (error)
    return (
      <KioskPage>
        <Refused error={error} onAgain={() => void refetch().catch(() => undefined)} />
      </KioskPage>
    );
  if (!data) return <Waiting />;
  return (
    <KioskPage>
      <ScreenTitle>{t('home.hello', { name: data.me.name })}</ScreenTitle>
      <Text>{t('home.question')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {NAMES.map((name) => {
          const Icon = SCREENS[name];
          return (
            <Button key={name} mih="11rem" onClick={() => onGo(name)}>
              <Stack gap="sm" align="center">
                <Icon size={56} stroke={1.5} aria-hidden />
                <Text size="xl" fw={700}>
                  {t(`home.${name}`)}
                </Text>
              </Stack>
            </Button>
          );
        })}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {t('home.asOf', { time: format.moment(data.me.asOf) })}
      </Text>
    </KioskPage>
  );
}

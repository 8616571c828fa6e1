/** What the holder of a card sees once they are in: four large things, and the way out. */
import { useQuery } from '@apollo/client/react';
import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconEye, IconFileText, IconGift, IconUsers, IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../generated/kiosk/gql.ts';
import type { OwnConsentPartsFragment } from '../generated/kiosk/graphql.ts';
import { useFormat } from '../parts/words/use-format.ts';
import { Acting, ActingNow } from './check-in/acting.tsx';
import { WalkAway, type WalkAwayTimes } from './check-in/walk-away.tsx';
import { type ConsentRights, Consents, type DoneConsent } from './consents/consents.tsx';
import { EndConsent } from './consents/end-consent.tsx';
import { GiveConsent } from './consents/give-consent.tsx';
import { type Benefit, Offers, RewardReceipt } from './consents/offers.tsx';
import { KioskBar, KioskPage, ScreenTitle, Unanswered } from './kiosk-parts.tsx';
import { HealthLinks } from './papers/health-links.tsx';
import { type Certificate, ErasureCertificate, OneLine, type PaperLine, Papers } from './papers/papers.tsx';
import { PapersOnTheirWay } from './papers/papers-on-their-way.tsx';
import { RequestForm, type WrittenSubject } from './papers/request-form.tsx';
import { Requests } from './papers/requests.tsx';
import { OneReading, Readers, type Reading } from './readers/readers.tsx';
import { ReadersProof } from './readers/readers-proof.tsx';
import { WhoCouldOpen } from './readers/who-could-open.tsx';
import { KioskVideoVisit } from './video-visit.tsx';

const meNow = graphql(`
  query MeNow {
    me {
      name
      birthDate
      clinic
      asOf
      actedForBy
    }
  }
`);

const SCREENS = { readers: IconEye, consents: IconUsers, offers: IconGift, papers: IconFileText } as const;
const NAMES = Object.keys(SCREENS) as ReadonlyArray<keyof typeof SCREENS>;

type View =
  | {
      readonly name:
        | 'home'
        | 'readers'
        | 'proof'
        | 'receipt'
        | 'consents'
        | 'offers'
        | 'papers'
        | 'give'
        | 'could'
        | 'acting'
        | 'links'
        | 'visit';
      readonly done?: DoneConsent;
    }
  | { readonly name: 'end'; readonly consent: OwnConsentPartsFragment; readonly may: ConsentRights }
  | { readonly name: 'reward'; readonly benefit: Benefit }
  | { readonly name: 'certificate'; readonly certificate: Certificate }
  | { readonly name: 'requests'; readonly sent?: boolean }
  | { readonly name: 'ask'; readonly about: WrittenSubject; readonly reading?: Reading; readonly line?: PaperLine };

/** What is found among the papers. */
const PAPERS: ReadonlySet<View['name']> = new Set(['requests', 'links', 'acting', 'certificate']);

/** Where back leads, of the screens that were not reached from home. */
function before(view: View): View {
  if (view.name === 'give' || view.name === 'could' || view.name === 'end') return { name: 'consents' };
  if (view.name === 'proof') return { name: 'readers' };
  if (view.name === 'receipt') return { name: 'proof' };
  if (PAPERS.has(view.name)) return { name: 'papers' };
  if (view.name === 'reward') return { name: 'offers' };
  if (view.name === 'ask') return { name: view.reading ? 'readers' : view.line ? 'papers' : 'requests' };
  return { name: 'home' };
}

interface PatientSessionProps {
  readonly times: WalkAwayTimes;
  readonly onLeave: () => void;
}

export function PatientSession({ times, onLeave }: PatientSessionProps) {
  const [view, setView] = useState<View>({ name: 'home' });
  const [talking, setTalking] = useState(false);
  const back = before(view);
  const toConsents = (done?: DoneConsent): void => setView({ name: 'consents', ...(done && { done }) });
  return (
    <WalkAway times={times} session talking={talking} onLeave={onLeave}>
      <KioskBar onBack={view.name === 'home' ? undefined : () => setView(back)} onDone={onLeave} />
      <ActingNow onBack={() => setView({ name: 'home' })} />
      <PapersOnTheirWay />
      {view.name === 'home' ? <Home onGo={(name) => setView({ name })} /> : null}
      {view.name === 'acting' ? <Acting onChosen={() => setView({ name: 'home' })} /> : null}
      {view.name === 'readers' ? (
        <Readers
          onProof={() => setView({ name: 'proof' })}
          onObject={(reading) => setView({ name: 'ask', about: 'ACCESS', reading })}
        />
      ) : null}
      {view.name === 'proof' || view.name === 'receipt' ? (
        <ReadersProof asReceipt={view.name === 'receipt'} onReceipt={() => setView({ name: 'receipt' })} />
      ) : null}
      {view.name === 'consents' ? (
        <Consents
          done={view.done}
          onGive={() => setView({ name: 'give' })}
          onCould={() => setView({ name: 'could' })}
          onOpen={(consent, may) => setView({ name: 'end', consent, may })}
        />
      ) : null}
      {view.name === 'could' ? <WhoCouldOpen /> : null}
      {view.name === 'give' ? <GiveConsent onGiven={(consent) => toConsents({ done: 'given', consent })} /> : null}
      {view.name === 'end' ? (
        <EndConsent
          consent={view.consent}
          may={view.may}
          onConfirmed={(consent) => toConsents({ done: 'confirmed', consent })}
          onEnded={(consent) => toConsents({ done: 'ended', consent })}
          onKeep={() => toConsents()}
        />
      ) : null}
      {view.name === 'offers' ? (
        <Offers onConsents={() => setView({ name: 'give' })} onReceipt={(benefit) => setView({ name: 'reward', benefit })} />
      ) : null}
      {view.name === 'papers' ? (
        <Papers
          onCertificate={(certificate) => setView({ name: 'certificate', certificate })}
          onRequests={() => setView({ name: 'requests' })}
          onLinks={() => setView({ name: 'links' })}
          onAsked={() => setView({ name: 'requests', sent: true })}
          onActing={() => setView({ name: 'acting' })}
          onDisagree={(line) => setView({ name: 'ask', about: 'DISAGREEMENT', line })}
        />
      ) : null}
      {view.name === 'reward' ? <RewardReceipt benefit={view.benefit} /> : null}
      {view.name === 'certificate' ? <ErasureCertificate certificate={view.certificate} /> : null}
      {view.name === 'visit' ? <KioskVideoVisit onTalking={setTalking} /> : null}
      {view.name === 'links' ? <HealthLinks /> : null}
      {view.name === 'requests' ? (
        <Requests sent={view.sent ?? false} onAsk={(about) => setView({ name: 'ask', about })} />
      ) : null}
      {view.name === 'ask' ? (
        <RequestForm
          about={view.about}
          entry={view.reading?.id}
          record={view.line?.record}
          onSent={() => setView({ name: 'requests', sent: true })}
          onKeep={() => setView(back)}
        >
          {view.reading ? (
            <div className="kiosk-card">
              <OneReading reading={view.reading} />
            </div>
          ) : null}
          {view.line ? (
            <div className="kiosk-card">
              <OneLine line={view.line} />
            </div>
          ) : null}
        </RequestForm>
      ) : null}
    </WalkAway>
  );
}

function Home({ onGo }: { onGo: (screen: keyof typeof SCREENS | 'visit') => void }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const asked = useQuery(meNow);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { me } = asked.data;
  const isActing = me.actedForBy != null;
  return (
    <KioskPage>
      <ScreenTitle>{t(isActing ? 'acting.of' : 'home.hello', { name: me.name })}</ScreenTitle>
      <Text>{t('home.question')}</Text>
      {/* Two side by side, where their letters leave more than a word a line. */}
      <SimpleGrid minColWidth="clamp(40%, 16rem, 100%)" autoFlow="auto-fit" spacing="lg">
        {NAMES.filter((name) => !isActing || name !== 'offers').map((name) => {
          const Icon = SCREENS[name];
          return (
            <Button key={name} mih="11rem" onClick={() => onGo(name)}>
              <Stack gap="sm" align="center">
                <Icon size={56} stroke={1.5} aria-hidden />
                <Text size="xl" fw={700}>
                  {t(isActing ? `acting.home.${name}` : `home.${name}`)}
                </Text>
              </Stack>
            </Button>
          );
        })}
      </SimpleGrid>
      <Group>
        <Button leftSection={<IconVideo aria-hidden />} onClick={() => onGo('visit')}>
          {t('visit.home')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('home.asOf', { time: format.moment(me.asOf) })}
      </Text>
    </KioskPage>
  );
}

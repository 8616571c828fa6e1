import { Button, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type KioskLanguage, kioskLanguages, kioskWords } from '../../language/kiosk-words.ts';
import { KioskPage } from '../kiosk-parts.tsx';

/** First of all: each language in its own words. */
export function LanguageChoice({ clinic, onChoose }: { clinic: string; onChoose: (language: KioskLanguage) => void }) {
  return (
    <KioskPage>
      <Title order={1} ta="center" pt="4vh" className="kiosk-clinic">
        {clinic}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {kioskLanguages.map((language) => (
          <Button key={language} lang={language} dir="auto" onClick={() => onChoose(language)} py="lg">
            <Stack gap={4} align="center">
              <Text size="xl" fw={700}>
                {kioskWords[language].language.name}
              </Text>
              <Text>{kioskWords[language].language.choose}</Text>
            </Stack>
          </Button>
        ))}
      </SimpleGrid>
    </KioskPage>
  );
}

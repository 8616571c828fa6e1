import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages } from '../language/words.ts';
import { useLookKeeper } from './look-keeper.ts';

/** Light or dark; until somebody has pressed it the page follows the computer. */
export function SchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const keep = useLookKeeper();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  const label = t(`look.${other}`);
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        c="var(--mantine-color-text)"
        aria-label={label}
        onClick={() => {
          setColorScheme(other);
          keep({ scheme: other === 'dark' ? 'DARK' : 'LIGHT' });
        }}
      >
        {scheme === 'dark' ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const keep = useLookKeeper();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" aria-label={t('look.language')}>
          <IconLanguage size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={i18n.language === language ? <IconCheck size={14} aria-hidden /> : <span style={{ width: 14 }} />}
            onClick={() => {
              void i18n.changeLanguage(language);
              keep({ language });
            }}
          >
            {new Intl.DisplayNames([language], { type: 'language' }).of(language)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

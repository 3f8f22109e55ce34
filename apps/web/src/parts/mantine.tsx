import {
  MantineProvider,
  PasswordInput as MantinePasswordInput,
  SegmentedControl as MantineSegmentedControl,
  Switch as MantineSwitch,
  TextInput as MantineTextInput,
} from '@mantine/core';
import { createElement, type ComponentType, type ReactNode } from 'react';
import { theme } from '../theme.ts';

/**
 * The components of Mantine that pages use, each with its provider: so the core of Mantine (13 kB) loads with the pages that show one, and
 * not before every page.
 */
export const PasswordInput = themed(MantinePasswordInput);
export const SegmentedControl = themed(MantineSegmentedControl);
export const Switch = themed(MantineSwitch);
export const TextInput = themed(MantineTextInput);

function themed<Part>(part: Part): Part {
  function Themed(props: object): ReactNode {
    return (
      // The policy of the page forbids style elements: build/theme-variables.ts writes the variables into a style sheet. Light or dark is
      // chosen for the whole page (color-scheme.ts).
      <MantineProvider
        theme={theme}
        withCssVariables={false}
        withGlobalClasses={false}
        getRootElement={() => undefined}
      >
        {createElement(part as ComponentType<object>, props)}
      </MantineProvider>
    );
  }
  return Themed as Part;
}

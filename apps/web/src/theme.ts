import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/**
 * Every colour, size and font of the client. Style sheets and components use the CSS variables that this file defines.
 *
 * What a person wrote is set in the serif, what the program says in the sans. Colours have a meaning: `personal` is warm, `business`
 * is cool, `shared` is what two people share with each other; everything else is paper and ink.
 */

const SANS = '"Inter Variable", system-ui, sans-serif';
const SERIF = '"Source Serif 4 Variable", Georgia, serif';

const LIGHT = {
  paper: '#faf7f1',
  sheet: '#fffdf9',
  hover: '#f2ece1',
  ink: '#211c16',
  'ink-soft': '#5e564b',
  line: '#e5decf',
  'line-strong': '#8c8273',
  personal: '#8f4417',
  'personal-wash': '#f7e8d9',
  business: '#37506f',
  'business-wash': '#e5ebf2',
  shared: '#2c6140',
  'shared-wash': '#e2efe4',
  focus: '#37506f',
  shadow: '0 1px 2px rgb(60 45 25 / 8%)',
  backdrop: 'rgb(33 28 22 / 40%)',
  /** Paper with the backdrop over it: what no backdrop covers, such as the room for a scroll bar. */
  'paper-behind': '#a39f99',
};

const DARK: typeof LIGHT = {
  paper: '#191613',
  sheet: '#221e1a',
  hover: '#2c2722',
  ink: '#efe8dd',
  'ink-soft': '#b8ad9d',
  line: '#3a332b',
  'line-strong': '#8a7f70',
  personal: '#eaad7c',
  'personal-wash': '#3a2919',
  business: '#a5bfde',
  'business-wash': '#212d3a',
  shared: '#95cba2',
  'shared-wash': '#1d3123',
  focus: '#a5bfde',
  shadow: 'none',
  backdrop: 'rgb(0 0 0 / 60%)',
  'paper-behind': '#0a0908',
};

/** The ink of buttons, from light to dark: index 9 on paper, index 0 in the dark. */
const ink: MantineColorsTuple = [
  '#f6f1e8',
  '#e5decf',
  '#cdc3b1',
  '#b0a492',
  '#8c8273',
  '#71685b',
  '#5e564b',
  '#463f36',
  '#322c25',
  '#211c16',
];

/** Mantine's greys, warm. Index 4 is the border of fields: 3 to 1 against paper. */
const gray: MantineColorsTuple = [
  '#faf7f1',
  '#f2ece1',
  '#e5decf',
  '#d5ccba',
  '#958a7a',
  '#8c8273',
  '#71685b',
  '#5e564b',
  '#3a332b',
  '#211c16',
];
const dark: MantineColorsTuple = [
  '#efe8dd',
  '#d9d0c2',
  '#b8ad9d',
  '#8a7f70',
  '#8a7f70',
  '#3a332b',
  '#2c2722',
  '#221e1a',
  '#191613',
  '#12100e',
];

export const theme = createTheme({
  white: LIGHT.sheet,
  black: LIGHT.ink,
  fontFamily: SANS,
  headings: { fontFamily: SANS, fontWeight: '600' },
  colors: { ink, gray, dark },
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 1 },
  defaultRadius: 'sm',
  radius: { sm: '6px', md: '10px' },
  spacing: { xs: '8px', sm: '16px', md: '24px', lg: '32px', xl: '48px' },
  fontSizes: { xs: '14px', sm: '14px', md: '16px', lg: '20px', xl: '28px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.4', xl: '1.25' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  other: { serif: SERIF },
});

/** The variables of this client beside those of Mantine, and Mantine's that follow them. */
export const cssVariables: CSSVariablesResolver = ({ spacing, fontSizes, radius }) => ({
  variables: {
    '--font-sans': SANS,
    '--font-serif': SERIF,
    '--text-small': fontSizes.sm,
    '--text-normal': fontSizes.md,
    '--text-large': fontSizes.lg,
    '--text-title': fontSizes.xl,
    '--space-half': '4px',
    '--space-1': spacing.xs,
    '--space-2': spacing.sm,
    '--space-3': spacing.md,
    '--space-4': spacing.lg,
    '--space-6': spacing.xl,
    '--radius': radius.sm,
    '--radius-edge': '2px',
    '--radius-sheet': radius.md,
    '--measure': '62ch',
    '--page-width': '1120px',
    '--sidebar-width': '208px',
    '--motion': '120ms',
  },
  light: colours(LIGHT),
  dark: colours(DARK),
});

function colours(values: typeof LIGHT): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${name}`, value])),
    '--mantine-color-body': values.paper,
    '--mantine-color-text': values.ink,
    '--mantine-color-dimmed': values['ink-soft'],
    '--mantine-color-default': values.sheet,
    '--mantine-color-default-hover': values.hover,
    '--mantine-color-default-color': values.ink,
    '--mantine-color-default-border': values.line,
    '--mantine-color-placeholder': values['ink-soft'],
    '--mantine-color-anchor': values.business,
    // What is wrong with a field has weight, and no colour (styles.css).
    '--mantine-color-error': values.ink,
  };
}

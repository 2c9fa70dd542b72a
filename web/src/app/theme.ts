/**
 * The two themes. Every pair of text and ground has a contrast of at least 4.5:1, edges of controls
 * 3:1; ui/styles.css has the same colours for what is not Ant Design's.
 */
import { theme, type MappingAlgorithm, type ThemeConfig } from 'antd'

const SHARED: ThemeConfig['token'] = {
  fontFamily: '"PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC",system-ui,sans-serif',
  fontSize: 14,
  controlHeightSM: 28,
}

const LIGHT: ThemeConfig = {
  token: {
    ...SHARED,
    colorPrimary: '#0958d9',
    // Hover and press go darker: the derived, lighter ones fall below 4.5:1 on white.
    colorPrimaryHover: '#003eb3',
    colorPrimaryActive: '#002c8c',
    colorLink: '#0958d9',
    colorLinkHover: '#003eb3',
    colorLinkActive: '#002c8c',
    colorInfo: '#0958d9',
    colorSuccess: '#237804',
    colorSuccessBg: '#f6ffed',
    colorWarning: '#ad4e00',
    colorWarningBg: '#fff7e6',
    colorError: '#cf1322',
    colorErrorBg: '#fff1f0',
    colorTextTertiary: 'rgba(0,0,0,.65)',
    colorTextDescription: 'rgba(0,0,0,.65)',
    colorTextPlaceholder: 'rgba(0,0,0,.6)',
    colorTextQuaternary: 'rgba(0,0,0,.6)',
    colorTextDisabled: 'rgba(0,0,0,.6)',
    colorBorder: '#8c8c8c',
  },
}

/** The dark algorithm darkens the seeds until their text is too dim; these are set after it. */
const bright: MappingAlgorithm = (seed, map) => ({
  ...(map ?? theme.darkAlgorithm(seed)),
  colorPrimary: '#7fb2ff',
  colorInfo: '#7fb2ff',
  colorLink: '#7fb2ff',
  colorSuccess: '#73d13d',
  colorWarning: '#ffb454',
  colorError: '#ff8a85',
})

const DARK: ThemeConfig = {
  algorithm: [theme.darkAlgorithm, bright],
  token: {
    ...SHARED,
    colorPrimaryHover: '#a8ccff',
    colorPrimaryActive: '#c9dfff',
    colorPrimaryText: '#7fb2ff',
    colorPrimaryBg: '#14263f',
    colorPrimaryBgHover: '#1b3354',
    colorPrimaryBorder: '#3a6ab0',
    colorLinkHover: '#a8ccff',
    colorLinkActive: '#c9dfff',
    colorInfoBg: '#14263f',
    colorInfoBorder: '#3a6ab0',
    colorSuccessBg: '#16290f',
    colorWarningBg: '#33240c',
    colorErrorBg: '#3a1618',
    colorErrorHover: '#ffaca8',
    colorErrorActive: '#ffc9c6',
    colorErrorText: '#ff8a85',
    // Filled buttons and notes are light here, so what stands on them is dark.
    colorTextLightSolid: '#0b1220',
    colorBgSpotlight: '#dbe1e8',
    colorBgBase: '#101418',
    colorBgLayout: '#101418',
    colorBgContainer: '#181d23',
    colorBgElevated: '#20262d',
    colorText: '#e6e8eb',
    colorTextHeading: '#e6e8eb',
    colorTextSecondary: '#c3c9d0',
    colorTextTertiary: '#a9b0b8',
    colorTextDescription: '#a9b0b8',
    colorTextPlaceholder: '#a9b0b8',
    colorTextQuaternary: '#a9b0b8',
    colorTextDisabled: '#a9b0b8',
    colorBorder: '#7d8894',
    colorBorderSecondary: '#39414b',
    colorSplit: '#39414b',
  },
}

const asVariables: ThemeConfig = { cssVar: { key: 'lianxi' }, hashed: false }

/** Who asked the computer for less movement gets none. */
const motion = !window.matchMedia('(prefers-reduced-motion: reduce)').matches

export const THEMES: Readonly<Record<'light' | 'dark', ThemeConfig>> = {
  light: { ...asVariables, ...LIGHT, token: { ...LIGHT.token, motion } },
  dark: { ...asVariables, ...DARK, token: { ...DARK.token, motion } },
}

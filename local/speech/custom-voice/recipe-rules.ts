import { badArgument } from "../../stand-in/resource-api/refusals.ts";
import { RECIPES } from "./recipes.ts";
import type { Recipe } from "./recipes.ts";
import type { Model } from "./resources.ts";

/** What of a new model the recipe has a say in. */
export interface RecipeUse {
  readonly recipe: Model["recipe"];
  readonly voiceName: string;
  /** As asked for; not that of the training set. */
  readonly locale: string | undefined;
  readonly trainingLocale: string;
  readonly properties: Model["properties"];
}

const HD_SUFFIX = ":DragonHDLatestNeural";

/** @throws {@link Refusal} 400 unless the recipe exists and may be used like this. */
export function checkRecipeUse(use: RecipeUse): Recipe {
  const recipe = findRecipe(use.recipe);
  if (!recipe.datasetLocales.includes(use.trainingLocale)) {
    throw badArgument("recipe", `The recipe does not take training data in ${use.trainingLocale}.`);
  }
  checkVoiceName(recipe, use.voiceName);
  CHECKS[recipe.kind](recipe, use);
  return recipe;
}

const CHECKS: Readonly<Record<Recipe["kind"], (recipe: Recipe, use: RecipeUse) => void>> = {
  Default: (_recipe, use) => {
    if (use.locale !== undefined) {
      throw badArgument("locale", "The locale must not be given with the recipe Default.");
    }
    refuseStyles(use);
  },
  CrossLingual: (recipe, use) => {
    checkLocale(recipe, use.locale);
    if (use.locale === use.trainingLocale) {
      throw badArgument("locale", "The locale must differ from the locale of the training set.");
    }
    refuseStyles(use);
  },
  MultiStyle: (recipe, use) => {
    checkLocale(recipe, use.locale);
    checkStyles(recipe, use);
  },
  HD: (recipe, use) => {
    if (use.locale !== undefined) {
      checkLocale(recipe, use.locale);
    }
    refuseStyles(use);
  },
};

/** @returns the newest version unless another one is asked for. */
function findRecipe({ kind, version }: Model["recipe"]): Recipe {
  const versions = RECIPES.filter((recipe) => recipe.kind === kind);
  const recipe = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version);
  if (recipe === undefined) {
    throw badArgument("recipe", "The recipe is not supported.");
  }
  return recipe;
}

function checkVoiceName({ kind }: Recipe, voiceName: string): void {
  const isRight = kind === "HD" ? voiceName.endsWith(HD_SUFFIX) : /^[^\s:]+Neural$/.test(voiceName);
  if (!isRight) {
    const suffix = kind === "HD" ? HD_SUFFIX : "Neural";
    throw badArgument("voiceName", `The voice name must end with "${suffix}" for the recipe ${kind}.`);
  }
}

function checkLocale({ kind, modelLocales }: Recipe, locale: string | undefined): void {
  if (locale === undefined) {
    throw badArgument("locale", `The locale field is required for the recipe ${kind}.`);
  }
  if (!modelLocales.includes(locale)) {
    throw badArgument("locale", `The recipe ${kind} does not support the locale ${locale}.`);
  }
}

function refuseStyles({ properties }: RecipeUse): void {
  if (properties?.presetStyles !== undefined || properties?.styleTrainingSetIds !== undefined) {
    throw badArgument("properties", "Styles need the recipe MultiStyle.");
  }
}

function checkStyles(recipe: Recipe, { locale = "", properties = {} }: RecipeUse): void {
  const { presetStyles = [], styleTrainingSetIds = {} } = properties;
  const customCount = Object.keys(styleTrainingSetIds).length;
  if (presetStyles.length + customCount === 0) {
    throw badArgument("properties", "The recipe MultiStyle needs presetStyles or styleTrainingSetIds.");
  }
  checkPresetStyles(recipe, locale, presetStyles);
  const maxCustom = recipe.maxCustomStyleNum?.[locale] ?? 0;
  if (customCount > maxCustom) {
    throw badArgument("properties.styleTrainingSetIds", `At most ${maxCustom} custom styles are allowed.`);
  }
}

function checkPresetStyles({ presetStyles }: Recipe, locale: string, wanted: readonly string[]): void {
  const known = Object.values(presetStyles?.[locale] ?? {}).flat();
  const unknown = wanted.find((style) => !known.includes(style));
  if (unknown !== undefined) {
    throw badArgument("properties.presetStyles", `"${unknown}" is not a preset style of ${locale}.`);
  }
}

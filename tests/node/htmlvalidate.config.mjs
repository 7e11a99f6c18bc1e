// Which rules the built pages are held to. Off are only rules of style, and only those that the theme
// itself breaks; each says why. Everything that is an error in HTML stays on.
export default {
  root: true,
  extends: ["html-validate:standard"],
  rules: {
  },
};

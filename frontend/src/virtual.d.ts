declare module "virtual:words/*" {
  const cut: import("./words").Cut;
  export default cut;
}

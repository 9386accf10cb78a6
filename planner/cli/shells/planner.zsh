#compdef planner planner.pyz
# planner: what zsh offers for half a word. To install, one of:
#   planner completion zsh > "${fpath[1]}/_planner"    # a folder of $fpath that you can write
#   eval "$(planner completion zsh)"                   # in ~/.zshrc, behind compinit

_planner() {
    local kind value about stays=
    local -a lines values described
    # Two quotes at the end: an empty word where none was begun, else nothing.
    lines=("${(@f)$(COMP_WORDS="${(j: :)words[1,CURRENT-1]} ${PREFIX}''" COMP_CWORD=-1 \
        _PLANNER_COMPLETE=zsh_complete ${(Q)words[1]} 2> /dev/null < /dev/null)}")
    [[ $PREFIX == -*=* ]] && stays=${PREFIX%%=*}=
    for kind value about in $lines; do
        case $kind in
            plain)
                if [[ $about == _ ]]; then
                    values+=("$stays$value")
                else
                    described+=("$stays$value:$about")
                fi ;;
            file) compset -P '-*='; _files ;;
            dir) compset -P '-*='; _files -/ ;;
        esac
    done
    (( $#described )) && _describe -V planner described -U
    (( $#values )) && compadd -U -V planner -a values
    return 0
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _planner "$@"
else
    compdef _planner planner planner.pyz
fi

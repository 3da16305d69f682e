using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components;

/// <summary>A component that is rendered once, when what it shows has been read. The framework's own would render before that too, and every page would have to check for what is not there yet.</summary>
public abstract class LoadedComponent : ComponentBase
{
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the component shows; its parameters are set.</summary>
    protected abstract Task LoadAsync();
}
